import { Worker } from 'node:worker_threads';
import { SupportError } from '../../domain/errors.ts';
import type { Encoder } from '../../domain/ports.ts';
import type { Answer, Question } from './use-lite-worker.ts';

const dimensions = 512;
/** One text takes about 10 ms. */
const budgetMs = 50;

interface Waiting {
  resolve(vectors: Float32Array[]): void;
  reject(error: unknown): void;
}

/**
 * The Universal Sentence Encoder (lite, English) of the package @energetic-ai: 30 MB on disk, about 300 MB in memory.
 * It runs in a thread of its own, so that it holds up nobody and a deadline means something.
 */
export function createUseLite(): Encoder {
  const worker = new Worker(new URL('use-lite-worker.ts', import.meta.url));
  const waiting = new Map<number, Waiting>();
  let failure: SupportError | null = null;
  let count = 0;
  worker.unref();
  worker.on('message', ({ id, vectors, error }: Answer) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (vectors) one?.resolve(split(vectors));
    else one?.reject(new SupportError('encoder-failed', { cause: error }));
  });
  worker.on('error', (cause) => {
    failure = new SupportError('encoder-failed', { cause });
    for (const one of waiting.values()) one.reject(failure);
    waiting.clear();
  });
  return {
    name: 'use-lite-0.2.0',
    budgetMs,
    async encode(texts, deadlineMs) {
      if (failure !== null) throw failure;
      const id = (count += 1);
      const { promise, resolve, reject } = Promise.withResolvers<Float32Array[]>();
      waiting.set(id, { resolve, reject });
      const late = new SupportError('encoder-failed', { detail: `no answer within ${deadlineMs} ms` });
      const deadline = setTimeout(() => reject(late), deadlineMs);
      worker.postMessage({ id, texts } satisfies Question);
      return promise.finally(() => {
        clearTimeout(deadline);
        waiting.delete(id);
      });
    },
    async close() {
      await worker.terminate();
    },
  };
}

function split(vectors: Float32Array): Float32Array[] {
  return Array.from({ length: vectors.length / dimensions }, (_, at) =>
    vectors.subarray(at * dimensions, (at + 1) * dimensions),
  );
}
