import { ClientError, ResponseBodyError } from 'openid-client';
import { SupportError } from '../domain/errors.ts';
import { truncate } from '../domain/truncate.ts';

/** The provider did not do its part; the message is the reason, for the log. */
export function unavailable(error: unknown): SupportError {
  if (error instanceof SupportError) return error;
  return new SupportError('sign-in-unavailable', { cause: error, detail: reasonOf(error) });
}

/** A sign-in that was not finished; the message is the reason, for the log. */
export function failure(error: unknown): SupportError {
  if (error instanceof SupportError) return error;
  if (isOutage(error)) return unavailable(error);
  return new SupportError('sign-in-failed', { cause: error, detail: reasonOf(error) });
}

const outages = ['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON'];

/** No connection, no answer in time, or one that is not of OpenID Connect. */
function isOutage(error: unknown): boolean {
  if (error instanceof ResponseBodyError) return error.status >= 500;
  if (error instanceof ClientError) return outages.includes(error.code ?? '');
  return error instanceof TypeError && error.message === 'fetch failed';
}

/** What went wrong and why, without the secrets, codes and claims that the library attaches. */
function reasonOf(error: unknown): string {
  const told: string[] = [];
  let one: unknown = error;
  for (; one instanceof Error && told.length < 4; one = one.cause) told.push(described(one));
  if (one instanceof Response) told.push(`status ${one.status}`);
  return truncate(told.join(': '), 500);
}

function described(error: Error): string {
  const { message, code, error: kind, error_description: description } = error as Error & Record<string, unknown>;
  return [message, kind ?? code, description].filter((part) => typeof part === 'string' && part !== '').join(' ');
}
