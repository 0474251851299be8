import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ACCEPT_THRESHOLD } from '../../src/language/rank-intents.ts';
import { findDetails } from '../../src/language/details.ts';
import { findPastedError, withPastedError } from '../../src/language/pasted-error.ts';
import { createRecognizer } from '../../src/language/recognizer.ts';
import { noEntities } from '../../src/domain/recognition.ts';
import { content, trainedModel } from '../support/fakes.ts';

const { catalog, languages } = content;
const recognizer = createRecognizer({ model: trainedModel(), catalog, languages });

/** The code, and the cause that it hints at. */
const table: Readonly<Record<string, readonly [string, string | null]>> = {
  'Bearer error="insufficient_scope", scope="reports:read"': ['insufficient_scope', 'key-lacks-scope'],
  '{"type":"https://api.example/problems/forbidden","title":"Forbidden","status":403}': ['403', null],
  '{"error":{"type":"request_forbidden","message":"Request not allowed"}}': ['request_forbidden', null],
  '{"error":{"code":"insufficient_quota","message":"see your plan"}}': ['insufficient_quota', 'monthly-limit'],
  '{"error":{"code":"rate_limit_exceeded"}}': ['rate_limit_exceeded', 'rate-limited'],
  'AADSTS53003: Access has been blocked by Conditional Access policies': ['AADSTS53003', 'network-blocked'],
  'AADSTS50057: The user account is disabled': ['AADSTS50057', 'user-deactivated'],
  'AADSTS50105: not assigned to a role': ['AADSTS50105', 'role-lacks-permission'],
};

describe('a pasted error', () => {
  for (const [text, [code, cause]] of Object.entries(table))
    it(`hints at ${cause ?? 'a denial'}: ${text}`, async () => {
      assert.deepEqual(findPastedError(text), { code, cause });
      const heard = await recognizer.recognize(text);
      assert.equal(heard.intent, 'access-denied');
      assert.ok(heard.entities.errorCode !== null);
      if (cause !== null) assert.equal(heard.subIntent, cause);
    });

  it('alone is never certain', () => {
    const nothing = { intent: null, subIntent: null, confidence: 0, alternatives: [], also: [], language: null };
    const { intent, confidence } = withPastedError({ text: '{"status":403}', ...nothing, entities: noEntities });
    assert.equal(intent, 'access-denied');
    assert.ok(confidence < ACCEPT_THRESHOLD, String(confidence));
  });

  it('makes no complaint of what was heard as something else', () => {
    const thanks = { intent: 'thanks', subIntent: null, confidence: 0.9, alternatives: [], also: [], language: null };
    const heard = withPastedError({ text: 'thanks, no insufficient_scope now', ...thanks, entities: noEntities });
    assert.equal(heard.intent, 'thanks');
  });

  it('has a type that is no request id', () => {
    assert.equal(findDetails('{"type":"request_forbidden","request_id":"req_011CabcD"}').requestId, 'req_011CabcD');
    assert.equal(findDetails('{"type":"request_forbidden"}').requestId, null);
  });

  it('is not found in what people say, and in bounded time', () => {
    for (const text of ['access denied', 'status 403 again', 'my quota is used up', 'status: 200'])
      assert.equal(findPastedError(text), null, text);
    fc.assert(
      fc.property(fc.string(), (text) => assert.equal(findPastedError(text.replaceAll(/[_"']|AADSTS/gu, '')), null)),
    );
    const before = process.threadCpuUsage();
    findPastedError('"status" '.repeat(4_000) + 'AADSTS'.repeat(4_000));
    // Milliseconds of this thread; a hundred times what it takes.
    assert.ok(process.threadCpuUsage(before).user / 1_000 < 200);
  });
});
