import { hash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { IntentExamples } from '../domain/content.ts';
import { parseJson } from '../domain/parse-json.ts';
import type { Label, Model } from './model.ts';

/** Raised whenever words, features, training or this format change: an older file is then another model. */
const VERSION = 6;
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

/** Names the model that `intents` would give: use it as the key of a cached model. */
export function fingerprint(intents: readonly IntentExamples[], encoder = ''): string {
  const examples = intents.map(({ slug, subIntent, utterances }) => [slug, subIntent, utterances]);
  return hash('sha256', JSON.stringify([VERSION, encoder, examples]));
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
  let at = 0;
  const next = (length: number) => new Uint8Array(arrays.subarray(at, (at += length))).buffer;
  return {
    labels,
    wordCounts,
    dimensions,
    hashes: new Uint32Array(next(columns * 4)),
    idf: new Float32Array(next(columns * 4)),
    scales: new Float32Array(next(labels.length * 4)),
    biases: new Float32Array(next(labels.length * 4)),
    weights: new Int8Array(next((columns + dimensions) * labels.length)),
  };
}

function unpack(bytes: Buffer): Buffer | null {
  try {
    return inflateRawSync(bytes);
  } catch {
    return null;
  }
}

function readHeader(line: string): Header | null {
  if (!line.startsWith(`{"magic":"${MAGIC}","version":${VERSION},`)) return null;
  return (parseJson(line) as Header | undefined) ?? null;
}
