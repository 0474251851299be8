import { NotReached } from '../domain/check.ts';
import { parseJson } from '../domain/parse-json.ts';
import { readAtMost } from './read-at-most.ts';
import { whyUnreached } from './why-unreached.ts';

/** What is asked to see whether it answers. */
export interface ProbeOptions {
  readonly method?: 'GET' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer of any status; `json` undefined: it is none, or too long. */
export interface Probed {
  readonly status: number;
  readonly json: unknown;
}

const deadlineMs = 8_000;
const mostBytes = 8_000_000;

/** Asks once, and follows nowhere. Throws `NotReached`. */
export async function probe(request: typeof fetch, url: URL, options: ProbeOptions = {}): Promise<Probed> {
  const { method = 'GET', headers = {} } = options;
  const signal = AbortSignal.timeout(deadlineMs);
  try {
    const all = { accept: 'application/json', 'user-agent': 'Latchkey', ...headers };
    const answer = await request(url, { method, headers: all, redirect: 'manual', signal });
    return { status: answer.status, json: parseJson((await readAtMost(answer.body, mostBytes)) ?? '') };
  } catch (error) {
    throw new NotReached(url.host, whyUnreached(error));
  }
}

/** The header of HTTP’s basic authentication. */
export function basic(user: string, password: string): Readonly<Record<string, string>> {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}
