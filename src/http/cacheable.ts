import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import type { Answer } from './answer.ts';

/** Small texts do not get smaller. Bytes. */
const leastZipped = 600;
const zippable = /^(?:text\/|image\/svg|application\/json)/;
/** What was zipped, by its hash: pages and scripts are few. */
const zipped = new LRUCache<string, Buffer>({ max: 100, maxSize: 8_000_000, sizeCalculation: ({ length }) => length });

/** The SHA-256 of a text. */
export function sha256(text: string | Buffer, form: 'base64' | 'base64url'): string {
  return createHash('sha256').update(text).digest(form);
}

/** Whether whoever asks may keep it, to ask again whether it is still so. */
export function mayBeKept({ status, headers }: Answer): boolean {
  const caching = headers?.['cache-control'] ?? 'no-store';
  return status === 200 && caching !== 'no-store' && headers?.etag === undefined;
}

/** An answer that may be kept: named by its content, nothing where whoever asks has it already, and as small as they can read it. */
export function kept(answer: Answer, { headers }: Pick<IncomingMessage, 'headers'>): Answer {
  const hash = sha256(answer.body, 'base64url').slice(0, 22);
  const etag = `"${hash}"`;
  const caching = { ...answer.headers, etag, vary: joined('accept-encoding', answer.headers?.vary) };
  if (names(headers['if-none-match'], hash)) return { ...answer, status: 304, body: '', headers: caching };
  const small = zippable.test(answer.type) && answer.body.length >= leastZipped;
  if (!small || !/\bgzip\b/.test(headers['accept-encoding'] ?? '')) return { ...answer, headers: caching };
  const body = zipped.get(hash) ?? gzipSync(answer.body, { level: 9 });
  zipped.set(hash, body);
  return { ...answer, body, headers: { ...caching, 'content-encoding': 'gzip' } };
}

function joined(one: string, other: string | undefined): string {
  return other === undefined ? one : `${other}, ${one}`;
}

/** Whether `If-None-Match` names it; proxies that zip make it a weak name. */
function names(ifNoneMatch: string | undefined, hash: string): boolean {
  return ifNoneMatch?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === `"${hash}"`) ?? false;
}
