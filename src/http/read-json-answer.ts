import { parseJson } from '../domain/parse-json.ts';
import { readAtMost } from './read-at-most.ts';

/** Bytes. */
const largestAnswer = 1_048_576;

/** The JSON in an answer that `fetch` gave. Throws an `Error`, without a word of the answer, where it is none or too large. */
export async function readJsonAnswer({ body }: Response): Promise<unknown> {
  const text = await readAtMost(body, largestAnswer);
  if (text === null) throw new Error('the answer is too large');
  const value = parseJson(text);
  if (value === undefined) throw new Error('the answer is no JSON');
  return value;
}
