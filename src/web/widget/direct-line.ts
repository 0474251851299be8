import { anySignal } from '../shared/fallbacks.ts';

/** A call that did not work: `status` 0 is no usable answer, `retryAfter` is in milliseconds. */
export class DirectLineError extends Error {
  readonly status: number;
  readonly retryAfter: number;
  constructor(status: number, sentence = '', retryAfter = 0, cause?: unknown) {
    super(sentence, { cause });
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** Whether the same call may work later: no answer, too many, too slow, or the server's own fault. */
export const isRetryable = (error: unknown): boolean =>
  !(error instanceof DirectLineError) || error.status >= 500 || [0, 408, 429].includes(error.status);

/** Whether a run was stopped; a function, because the answer changes while the run waits. */
export const isAborted = (run: AbortSignal): boolean => run.aborted;

/** Whether the server refused the token. */
export const isTokenRefused = (error: unknown): boolean =>
  error instanceof DirectLineError && [401, 403].includes(error.status);

/** The pause a server asked for with Retry-After (seconds or a date), in milliseconds. */
export function parseRetryAfter(header: string | null, now: number): number {
  if (!header) return 0;
  const pause = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Math.max(0, pause || 0);
}

/** A screenshot of 5 MB may come over a slow line. */
const [callMs, uploadMs] = [20_000, 180_000];

export interface Call {
  /** Where Direct Line is; without it, on our own server. */
  readonly domain?: string | undefined;
  readonly token?: string;
  readonly method?: 'GET';
  /** JSON, or a form as it is. */
  readonly body?: unknown;
  readonly signal: AbortSignal;
  /** Goes on though the page is left. */
  readonly keepalive?: boolean;
}

/** Calls Direct Line and returns the answer's JSON; throws DirectLineError. */
export async function callDirectLine<T>(
  request: typeof fetch,
  path: string,
  { domain, token, method, body, signal, keepalive = false }: Call,
): Promise<T> {
  const isForm = body instanceof FormData;
  try {
    const response = await request(`${domain ?? '/v3/directline'}/${path}`, {
      method: method ?? 'POST',
      headers: {
        ...(!isForm && { 'content-type': 'application/json' }),
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: method ? null : isForm ? body : JSON.stringify(body ?? {}),
      keepalive,
      signal: anySignal(signal, AbortSignal.timeout(isForm ? uploadMs : callMs)),
    });
    if (response.ok) return (await response.json()) as T;
    const answer = (await response.json().catch(() => null)) as { error?: { message?: string } } | null;
    throw new DirectLineError(
      response.status,
      answer?.error?.message,
      parseRetryAfter(response.headers.get('retry-after'), Date.now()),
    );
  } catch (error) {
    throw error instanceof DirectLineError ? error : new DirectLineError(0, '', 0, error);
  }
}
