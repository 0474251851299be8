import { hash } from 'node:crypto';
import type { IntentExamples } from '../domain/content.ts';
import type { Label, Model } from './model.ts';

/** Raised whenever words, features, training or this format change: an older file is then another model. */
const VERSION = 1;

/** Names the model that `intents` would give: use it as the key of a cached model. */
export function fingerprint(intents: readonly IntentExamples[]): string {
  return hash(
    'sha256',
    JSON.stringify([VERSION, intents.map(({ slug, about, utterances }) => [slug, about, utterances])]),
  );
}

/** A model as bytes: the length of a JSON header, the header, then the arrays. */
export function serialize(model: Model): Buffer {
  const arrays = [model.hashes, model.idf, model.scales, model.biases, model.weights];
  const header = Buffer.from(JSON.stringify({ version: VERSION, labels: model.labels, columns: model.hashes.length }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const bytes = arrays.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength));
  return Buffer.concat([length, header, ...bytes]);
}

/** The model that `serialize` wrote, or null when the bytes are of another version or damaged in length. */
export function deserialize(bytes: Buffer): Model | null {
  const header = readHeader(bytes);
  if (!header) return null;
  const { labels, columns, start } = header;
  const sizes = [columns * 4, columns * 4, labels.length * 4, labels.length * 4, columns * labels.length];
  if (bytes.length !== start + sizes.reduce((sum, size) => sum + size, 0)) return null;
  let at = start;
  const next = (size: number) => new Uint8Array(bytes.subarray(at, (at += size))).buffer;
  return {
    labels,
    hashes: new Uint32Array(next(columns * 4)),
    idf: new Float32Array(next(columns * 4)),
    scales: new Float32Array(next(labels.length * 4)),
    biases: new Float32Array(next(labels.length * 4)),
    weights: new Int8Array(next(columns * labels.length)),
  };
}

function readHeader(bytes: Buffer): { labels: Label[]; columns: number; start: number } | null {
  if (bytes.length < 4) return null;
  const start = 4 + bytes.readUInt32LE(0);
  try {
    const header = JSON.parse(bytes.toString('utf8', 4, start)) as {
      version: number;
      labels: Label[];
      columns: number;
    };
    return header.version === VERSION ? { ...header, start } : null;
  } catch {
    return null;
  }
}
