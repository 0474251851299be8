import type { z } from 'zod';
import { SupportError } from '../domain/errors.ts';
import { parseJson } from '../domain/parse-json.ts';
import { startCalls, type CallNeeds, type DeskRequest } from './call.ts';

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
  readonly mostBytes?: number;
}

/** One request with its answer in a shape. An answer of another shape is `desk-unavailable`: what happened is unknown. */
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
  return async (method, path, shape, { body, headers, mostBytes } = {}) => {
    const text = await call(new URL(path, url), {
      method,
      headers: {
        ...{ accept: 'application/json', authorization },
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(mostBytes !== undefined && { mostBytes }),
    });
    return inShape(text, shape);
  };
}

/** Without what was wrong, for it may repeat the ticket. */
function inShape<T>(text: string | null, shape: z.ZodType<T>): T {
  const read = shape.safeParse(parseJson(text ?? ''));
  if (read.success) return read.data;
  throw new SupportError('desk-unavailable', { detail: 'The desk answered something that is not its contract.' });
}
