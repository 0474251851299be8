import assert from 'node:assert/strict';
import { errorCodes } from '../../src/domain/errors.ts';
import type { Called } from './direct-line.ts';

const sentences = new Set<string>(Object.values(errorCodes));

/** That an answer is a refusal in the one shape, in one of our own sentences: nothing internal is shown. */
export function assertRefused({ status, headers, body }: Called, expected?: number, code?: string): void {
  if (expected === undefined) assert.ok(status >= 400 && status < 500, `status ${status}`);
  else assert.equal(status, expected, JSON.stringify(body));
  assert.equal(headers.get('content-type'), 'application/json');
  assert.deepEqual(Object.keys(body), ['error']);
  assert.deepEqual(Object.keys(body.error ?? {}).sort(), ['code', 'message']);
  assert.ok(sentences.has(body.error?.message ?? ''), body.error?.message);
  if (code !== undefined) assert.equal(body.error?.code, code);
}
