import assert from 'node:assert/strict';
import { whyRefused } from '../../src/desks/why-refused.ts';

const sent = JSON.stringify({
  ticket: {
    subject: 'Access to Export · LK-7',
    comment: { html_body: '<p>My invoice of Straße 7 says access denied since Tuesday</p>' },
    requester: { name: 'Ada Example', email: 'ada@customer.example' },
  },
});
const zendesk = (details: object) => ({ error: 'RecordInvalid', description: 'Record validation errors', details });
const freshdesk = (...errors: object[]) => ({ description: 'Validation failed', errors });

const rows: readonly (readonly [what: string, answer: unknown, why: string])[] = [
  [
    'Zendesk’s details',
    zendesk({ priority: [{ error: 'InvalidValue', description: 'Priority: is not in the list' }] }),
    'priority: InvalidValue, Priority: is not in the list',
  ],
  [
    'several of them',
    zendesk({ base: [{ description: 'Group is closed' }], status: [{ error: 'BlankValue' }] }),
    'base: Group is closed; status: BlankValue',
  ],
  [
    'Freshdesk’s errors',
    freshdesk(
      { field: 'cf_latchkey', message: 'Unexpected/invalid field in request', code: 'invalid_field' },
      { field: 'source', message: 'It should be one of these values', code: 'invalid_value' },
    ),
    'cf_latchkey: invalid_field, Unexpected/invalid field in request; source: invalid_value, It should be one of these values',
  ],
  [
    'Jira’s errors',
    { errorMessages: [], errors: { summary: 'You must specify one.' } },
    'summary: You must specify one.',
  ],
  ['Jira’s sentences', { errorMessages: ['No such\n request type.'], errors: {} }, 'No such request type.'],
  ['a sentence of the service desk', { errorMessage: 'No rights here.' }, 'No rights here.'],
  [
    'no address, no name and no number of a customer',
    zendesk({
      email: [{ error: 'DuplicateValue', description: 'Email: somebody@else.example is used by another' }],
      requester: [{ description: 'Requester ada example is suspended' }],
      phone: [{ error: 'InvalidValue', description: 'Phone 5551234 is wrong' }],
    }),
    'email: DuplicateValue; requester; phone: InvalidValue',
  ],
  [
    'no phrase of what was sent',
    freshdesk({ field: 'description', message: 'Bad: Says, ACCESS denied' }),
    'description',
  ],
  ['no field that is a text', freshdesk({ field: 'My invoice of Straße 7', message: 'is wrong' }), ''],
  ['nothing of an echo', [sent], ''],
  ['nothing of no JSON', '<h1>My invoice</h1>', ''],
];

describe('why a desk refuses a ticket', () => {
  for (const [what, answer, why] of rows)
    it(`is told with ${what}`, () =>
      assert.equal(whyRefused(typeof answer === 'string' ? answer : JSON.stringify(answer), sent), why));

  it('is a short line, whatever the desk says', () => {
    const errors = Array.from({ length: 500 }, (_, i) => ({ field: `field_${i}`, message: 'no\u0000\r\n'.repeat(50) }));
    const why = whyRefused(JSON.stringify({ errors }), sent);
    assert.ok(why.length <= 200);
    assert.doesNotMatch(why, /[\r\n]/);
  });
});
