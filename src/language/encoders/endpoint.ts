import { z } from 'zod';
import { SupportError } from '../../domain/errors.ts';
import { list } from '../../domain/schemas.ts';
import type { Encoder } from '../../domain/ports.ts';

/** Where an OpenAI-compatible embeddings API is: the whole address, such as https://host/v1/embeddings. */
export interface EndpointSettings {
  readonly url: string;
  readonly model: string;
  readonly key: string | null;
}

/** What of `fetch` is needed. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const budgetMs = 400;
const answerSchema = z.object({
  data: list(z.object({ index: z.number().int().nonnegative(), embedding: list(z.number(), 8_192) })),
});

/** An encoder behind an API as OpenAI's: `POST { model, input }`, answered by `{ data: [{ index, embedding }] }`. */
export function createEndpointEncoder({ url, model, key }: EndpointSettings, fetch: Fetch): Encoder {
  const headers = { 'content-type': 'application/json', ...(key !== null && { authorization: `Bearer ${key}` }) };
  return {
    name: `${model} at ${new URL(url).host}`,
    budgetMs,
    async encode(texts, deadlineMs) {
      const body = JSON.stringify({ model, input: texts, encoding_format: 'float' });
      const signal = AbortSignal.timeout(deadlineMs);
      try {
        const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' });
        if (!response.ok) throw new Error(`the encoder answered ${response.status}`);
        return vectorsOf(answerSchema.parse(await response.json()), texts.length);
      } catch (cause) {
        throw new SupportError('encoder-failed', { cause });
      }
    },
    close: () => Promise.resolve(),
  };
}

/** In the order of the texts, whatever the answer's order is. */
function vectorsOf({ data }: z.infer<typeof answerSchema>, count: number): Float32Array[] {
  const vectors = new Map(data.map(({ index, embedding }) => [index, unit(embedding)]));
  const size = data[0]?.embedding.length;
  return Array.from({ length: count }, (_, at) => {
    const vector = vectors.get(at);
    if (vector?.length !== size || !vector) throw new Error(`the encoder gave no vector for text ${at}`);
    return vector;
  });
}

function unit(numbers: readonly number[]): Float32Array {
  const length = Math.hypot(...numbers) || 1;
  return Float32Array.from(numbers, (one) => one / length);
}
