import { readJsonAnswer } from './read-json-answer.ts';

/** GETs JSON, within a deadline and a size, from no other address than this one. Throws an `Error` where there is none. */
export function createGetJson(request: typeof fetch, deadlineMs = 3_000): (url: string) => Promise<unknown> {
  return async (url) => {
    const headers = { accept: 'application/json', 'user-agent': 'Latchkey' };
    const answer = await request(url, { headers, redirect: 'error', signal: AbortSignal.timeout(deadlineMs) });
    if (!answer.ok) throw new Error(`the answer is ${answer.status}`);
    return readJsonAnswer(answer);
  };
}
