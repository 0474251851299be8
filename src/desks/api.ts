import type { z } from 'zod';
import { SupportError } from '../domain/errors.ts';
import { parseJson } from '../domain/parse-json.ts';
import { startCalls, type CallNeeds, type DeskAnswer, type DeskRequest } from './call.ts';

/** A desk’s JSON API: its origin, and who we are there. */
export interface ApiAccess {
  readonly url: URL;
  readonly user: string;
  readonly password: string;
}

/** What a request says besides its path. */
export interface ApiOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * One request with its answer in a shape. An answer of another shape is `desk-unavailable`: what happened is unknown. What is
 * looked up and far too long is `desk-refused`: it would be as long the next time.
 */
export type Api = <T>(
  method: DeskRequest['method'],
  path: string,
  shape: z.ZodType<T>,
  options?: ApiOptions,
) => Promise<T>;

/** Starts the requests of one delivery, with basic authentication. */
export function startApi({ url, user, password, ...needs }: ApiAccess & CallNeeds): Api {
  const call = startCalls(needs);
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  return async (method, path, shape, { body, headers } = {}) => {
    const answer = await call(new URL(path, url), {
      method,
      headers: {
        ...{ accept: 'application/json', authorization },
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (answer === 'long' && method === 'GET')
      throw new SupportError('desk-refused', {
        detail: `The desk’s answer is far too long: GET ${path.split('?')[0]}.`,
      });
    return inShape(answer, shape);
  };
}

/** Without what was wrong, for it may repeat the ticket. */
function inShape<T>(answer: DeskAnswer, shape: z.ZodType<T>): T {
  const read = shape.safeParse(parseJson(typeof answer === 'string' ? '' : answer.text));
  if (read.success) return read.data;
  throw new SupportError('desk-unavailable', { detail: 'The desk answered something that is not its contract.' });
}
