import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findDetails, withoutId } from '../../src/language/details.ts';

/** error code, request id, time */
const table: Readonly<Record<string, readonly (string | null)[]>> = {
  'got a 403 on reports': ['403', null, null],
  'HTTP 500 since 10:42': ['500', null, 'since 10:42'],
  'error code: 17 no, error 1042': ['1042', null, null],
  'ERR_ACCESS_DENIED when I export': ['ERR_ACCESS_DENIED', null, null],
  'it says "PERMISSION_DENIED".': ['PERMISSION_DENIED', null, null],
  'AADSTS50105: not assigned': ['AADSTS50105', null, null],
  '(0x80070005)': ['0x80070005', null, null],
  'error LIC-204 pops up': ['LIC-204', null, null],
  'we are 450 users on GPT-4 with a H264 camera': [null, null, null],
  'request id: req_8f3Ka91': [null, 'req_8f3Ka91', null],
  'Request ID 7f9c-22ab-91': [null, '7f9c-22ab-91', null],
  'requestId=abc123xyz': [null, 'abc123xyz', null],
  'see 550e8400-e29b-41d4-a716-446655440000': [null, '550e8400-e29b-41d4-a716-446655440000', null],
  'reference number 2026-1187': [null, '2026-1187', null],
  'reference to my colleague': [null, null, null],
  'locked since yesterday': [null, null, 'since yesterday'],
  'blocked since Monday at 10:42 UTC, help': [null, null, 'since Monday at 10:42 UTC'],
  'it broke two hours ago': [null, null, 'two hours ago'],
  'for 3 days now': [null, null, 'for 3 days'],
  'this morning the export was fine': [null, null, 'this morning'],
  'at 3pm': [null, null, 'at 3pm'],
  '2026-11-22T09:15:00Z forbidden': [null, null, '2026-11-22T09:15:00Z'],
  'I used up this month': [null, null, null],
  'why am I locked out at 3 pm': [null, null, 'at 3 pm'],
  'who am I': [null, null, null],
  'the last of the three plans': [null, null, null],
  '': [null, null, null],
};

describe('details', () => {
  for (const [text, [errorCode, requestId, time]] of Object.entries(table))
    it(`"${text}" tells ${[errorCode, requestId, time].map(String).join(', ')}`, () => {
      assert.deepEqual(findDetails(text), { errorCode, requestId, time });
    });

  for (const [text, rest] of Object.entries({
    'still the same, request id req_8f3Ka91': 'still the same,',
    'the trace id is 7f9c-22ab-91 and it fails': 'and it fails',
    'export fails. Request ID: 7f9c-22ab-91!': 'export fails. !',
    'no id here': 'no id here',
  }))
    it(`leave of "${text}" only "${rest}" to understand`, () => {
      assert.equal(withoutId(text, findDetails(text).requestId).trim().replaceAll(/\s+/g, ' '), rest);
    });

  it('are parts of what was written, whatever it is', () => {
    const words = fc.constantFrom(
      '403',
      'error',
      'id',
      'request',
      'since',
      '10:42',
      'a1b2c3',
      ':',
      '\0',
      '"',
      'ago',
      'days',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(words).map((some) => some.join(' ')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { errorCode, requestId } = findDetails(text);
        for (const found of [errorCode, requestId]) assert.ok(found === null || text.includes(found));
      }),
    );
  });

  it('of a huge text take no longer', () => {
    for (const unit of ['1:', 'A_', '-0-', ' since', 'x'.repeat(9) + '_', '....!!!']) {
      const before = process.threadCpuUsage();
      findDetails(unit.repeat(100_000));
      // Milliseconds of this thread; a hundred times what it takes.
      assert.ok(process.threadCpuUsage(before).user / 1_000 < 100, unit);
    }
  });
});
