import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { parseJson } from '../domain/parse-json.ts';
import { VERSION } from './fingerprint.ts';
import type { Label, Model } from './model.ts';

const MAGIC = 'latchkey-model';

/** What a model's bytes begin with, as one line of JSON. */
interface Header {
  readonly magic: string;
  readonly version: number;
  readonly columns: number;
  readonly dimensions: number;
  readonly labels: readonly Label[];
  readonly wordCounts: Model['wordCounts'];
  /** Bytes of the packed arrays. */
  readonly packed: number;
}

/** A model as bytes: a line of JSON, then the arrays, packed: most weights are 0. */
export function serialize({ labels, wordCounts, hashes, idf, dimensions, scales, biases, weights }: Model): Buffer {
  const arrays = [hashes, idf, scales, biases, weights].map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength),
  );
  const packed = deflateRawSync(Buffer.concat(arrays));
  const sizes = { columns: hashes.length, dimensions, packed: packed.length };
  const header: Header = { magic: MAGIC, version: VERSION, ...sizes, labels, wordCounts };
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), packed]);
}

/** The model that `serialize` wrote, or null when the bytes are no model, of another version, or cut off. */
export function deserialize(bytes: Buffer): Model | null {
  const headerEnd = bytes.indexOf('\n');
  const header = readHeader(bytes.toString('utf8', 0, Math.max(headerEnd, 0)));
  if (!header) return null;
  const { labels, wordCounts, columns, dimensions } = header;
  const size = columns * 8 + (columns + dimensions) * labels.length + labels.length * 8;
  if (bytes.length !== headerEnd + 1 + header.packed) return null;
  const arrays = unpack(bytes.subarray(headerEnd + 1));
  if (arrays?.length !== size) return null;
  // Each lies in what was unpacked: they are most of a model, and copies of them were as much again.
  const { buffer, byteOffset } = arrays;
  let at = byteOffset;
  const next = (bytes: number) => (at += bytes) - bytes;
  const numbers = (length: number) => [buffer, next(length * 4), length] as const;
  return {
    labels,
    wordCounts,
    dimensions,
    hashes: new Uint32Array(...numbers(columns)),
    idf: new Float32Array(...numbers(columns)),
    scales: new Float32Array(...numbers(labels.length)),
    biases: new Float32Array(...numbers(labels.length)),
    weights: new Int8Array(buffer, next(0), (columns + dimensions) * labels.length),
  };
}

/** In a memory of its own, in which numbers of 4 bytes may begin at 0. */
function unpack(bytes: Buffer): Uint8Array<ArrayBuffer> | null {
  try {
    const unpacked = inflateRawSync(bytes);
    return unpacked.byteOffset % 4 === 0 ? unpacked : new Uint8Array(unpacked);
  } catch {
    return null;
  }
}

function readHeader(line: string): Header | null {
  if (!line.startsWith(`{"magic":"${MAGIC}","version":${VERSION},`)) return null;
  return (parseJson(line) as Header | undefined) ?? null;
}
