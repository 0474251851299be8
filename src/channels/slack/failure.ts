import { SupportError } from '../../domain/errors.ts';
import { retryAfterOf } from '../../http/retry-after.ts';

/** What Slack says when it may take the same message later; everything else that it says is for good. */
const passing = [
  ...['ratelimited', 'rate_limited', 'internal_error', 'fatal_error', 'service_unavailable', 'request_timeout'],
  // A token that is renewed takes what waits.
  ...['invalid_auth', 'not_authed', 'token_revoked', 'token_expired', 'account_inactive'],
  ...['team_added_to_org', 'accesslimited', 'external_channel_migrating'],
];

/** The members of the SDK's errors that are read; what else they hold may be a customer's words. */
interface SlackFailure {
  readonly code?: unknown;
  readonly retryAfter?: unknown;
  readonly statusCode?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly data?: { readonly error?: unknown };
}

/** An error of Slack's SDK as ours: `channel-unavailable` or `channel-refused`, with Slack's code and nothing else. */
export function failureOf(error: unknown): SupportError {
  if (error instanceof SupportError) return error;
  const { code, retryAfter, statusCode, headers, data } = (error ?? {}) as SlackFailure;
  // Slack asks in seconds, so no clock is needed.
  if (code === 'slack_webapi_rate_limited_error')
    return unavailable(
      'ratelimited',
      retryAfterOf(() => String(retryAfter), null),
    );
  if (code === 'slack_webapi_http_error')
    return failureOfStatus(
      Number(statusCode),
      retryAfterOf((name) => headers?.[name], null),
    );
  if (code !== 'slack_webapi_platform_error') return unavailable('no answer');
  const said = typeof data?.error === 'string' && /^[a-z_]{1,60}$/.test(data.error) ? data.error : null;
  // Something before Slack answered: its page stands where the error's code should.
  if (said === null || passing.includes(said)) return unavailable(said ?? 'no error that is known');
  return new SupportError('channel-refused', { detail: `Slack refused the message: ${said}.` });
}

/** Slack answers errors of its API with 200: any other status is of something before it. */
export function failureOfStatus(status: number, retryAfterMs: number | null): SupportError {
  if (status >= 500 || status === 429 || status === 408) return unavailable(`status ${status}`, retryAfterMs);
  return new SupportError('channel-refused', { detail: `Slack refused the message: status ${status}.` });
}

function unavailable(why: string, retryAfterMs: number | null = null): SupportError {
  return new SupportError('channel-unavailable', { detail: `Slack took nothing: ${why}.`, retryAfterMs });
}
