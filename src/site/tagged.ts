import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Answer } from '../http/answer.ts';

/** An answer that a browser keeps and asks about before it shows it again; `told`: what makes it another one. */
export function tagged({ headers }: IncomingMessage, answer: Answer, told: string | Buffer = answer.body): Answer {
  const etag = `W/"${hash('sha256', told, 'base64url').slice(0, 22)}"`;
  const known = (headers['if-none-match'] ?? '').split(',').some((one) => one.trim() === etag);
  const caching = { etag, 'cache-control': 'private, no-cache' };
  return { ...answer, ...(known && { status: 304, body: '' }), headers: { ...answer.headers, ...caching } };
}
