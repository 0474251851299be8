import type { IncomingMessage } from 'node:http';
import { codeOf, errorCodes, retryAfterIn, SupportError, type ErrorCode } from '../domain/errors.ts';

/** What a route answers, before it is written to the socket. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

const statuses: Partial<Record<ErrorCode, number>> = {
  'answer-unknown': 404,
  'body-encoded': 415,
  'body-incomplete': 400,
  'body-too-deep': 400,
  'body-too-large': 413,
  'body-wrong-type': 415,
  'chat-unavailable': 503,
  'connect-expired': 404,
  'conversation-unknown': 404,
  'identity-invalid': 401,
  'identity-replayed': 401,
  'json-invalid': 400,
  'link-over': 410,
  'message-invalid': 400,
  'reply-unfilled': 400,
  'message-too-long': 413,
  'not-allowed': 403,
  'not-found': 404,
  'not-signed-in': 401,
  'origin-refused': 403,
  'sign-in-failed': 401,
  'sign-in-unavailable': 503,
  'signature-invalid': 401,
  starting: 503,
  'store-unavailable': 503,
  stopping: 503,
  'ticket-changed': 409,
  'token-expired': 403,
  'token-invalid': 401,
  'too-many-requests': 429,
};

/** Direct Line's own code for an expired token; its clients look for it. */
const wireCodes: Partial<Record<ErrorCode, string>> = { 'token-expired': 'TokenExpired' };

/** An answer that is JSON. */
export function json(value: unknown, status = 200, headers?: Answer['headers']): Answer {
  return { status, type: 'application/json', body: JSON.stringify(value), ...(headers && { headers }) };
}

/** An answer that is a page, under a content security policy. */
export function page(html: string, policy: string): Answer {
  return { status: 200, type: 'text/html; charset=utf-8', body: html, headers: { 'content-security-policy': policy } };
}

/** Sends a browser elsewhere: 301 for good, 303 after a form. */
export function redirect(location: string, status: 301 | 302 | 303 = 303): Answer {
  return { status, type: 'text/plain', body: '', headers: { location } };
}

/** Whether a person reads the answer: browsers ask for pages by this name, programs do not. */
export function isForPerson({ headers }: IncomingMessage): boolean {
  return /\btext\/html\b/.test(headers.accept ?? '');
}

/** Every error in one shape: `{error: {code, message}}`. What is not for clients becomes `internal`. */
export function errorAnswer(error: unknown): Answer {
  const code = codeOf(error);
  const status = statuses[code];
  if (status === undefined) return json({ error: { code: 'internal', message: errorCodes.internal } }, 500);
  const headers = status === 429 || status === 503 ? { 'retry-after': secondsUntil(error) } : undefined;
  return json({ error: { code: wireCodes[code] ?? code, message: errorCodes[code] } }, status, headers);
}

function secondsUntil(error: unknown): string {
  return String(Math.max(1, Math.ceil((retryAfterIn(error) ?? 5_000) / 1_000)));
}

/** Whether an error is ours to look at, not the client's. */
export function isFault(error: unknown): boolean {
  return !(error instanceof SupportError) || statuses[error.code] === undefined;
}
