import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { codeOf } from '../../src/domain/errors.ts';
import type { DeskEvent } from '../../src/domain/ticket.ts';
import { createZendeskEvents } from '../../src/desks/zendesk/webhook-events.ts';
import { fakeClock } from '../support/fakes.ts';

const secret = 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==';
const origin = 'https://acme.zendesk.com';
const clock = fakeClock();
const readEvents = createZendeskEvents({ origin, secret, clock });

/** As Zendesk signs, written apart from ours. */
function signed(body: string, { key = secret, agoMs = 0 } = {}) {
  const timestamp = new Date(clock.now() - agoMs).toISOString().replace('.000Z', 'Z');
  const signature = createHmac('sha256', key).update(timestamp, 'utf8').update(body, 'utf8').digest('base64');
  return { 'x-zendesk-webhook-signature': signature, 'x-zendesk-webhook-signature-timestamp': timestamp };
}

const agent = { id: 8447388090495, is_staff: true, name: 'Grace Agent' };

/** The example of developer.zendesk.com/api-reference/webhooks/event-types/ticket-events, with our external id. */
function comment(over: object = {}, detail: object = {}) {
  const said = { id: 9876543210, body: 'We raised your limit.', is_public: true, author: agent, ...over };
  return event('ticket.comment_added', { comment: said }, detail);
}

function event(type: string, told: object, detail: object = {}): string {
  return JSON.stringify({
    ...{ account_id: 22129848, id: 'd4f5c389-8f4a-4c2e-a1b9-8e4f39c71d52', subject: 'zen:ticket:5158' },
    ...{ time: '2025-01-08T14:25:30.123456789Z', type: `zen:event-type:${type}`, zendesk_event_version: '2022-11-06' },
    detail: {
      id: '5158',
      external_id: 'LK-7',
      status: 'OPEN',
      actor_id: '8447388090495',
      tags: ['latchkey'],
      ...detail,
    },
    event: { meta: { sequence: { id: '1', position: 1 } }, ...told },
  });
}

const status = (current: string, previous: string, detail = {}) =>
  event('ticket.status_changed', { current, previous }, detail);
const replied: DeskEvent = {
  ...{ kind: 'replied', id: 'zendesk:comment:9876543210', ticket: 'LK-7', text: 'We raised your limit.' },
  person: { id: `${origin}|8447388090495`, name: 'Grace Agent' },
};
const closed: DeskEvent = {
  ...{ kind: 'closed', id: 'zendesk:event:d4f5c389-8f4a-4c2e-a1b9-8e4f39c71d52', ticket: 'LK-7', text: '' },
  person: { id: `${origin}|8447388090495`, name: 'Support' },
};

describe('what Zendesk posts', () => {
  const heard: readonly (readonly [string, string, readonly DeskEvent[]])[] = [
    ['an agent’s public comment', comment(), [replied]],
    ['one whose ids are strings', comment({ id: '9876543210', author: { ...agent, id: '8447388090495' } }), [replied]],
    ['an internal note', comment({ is_public: false }), []],
    ['the customer’s own comment', comment({ author: { ...agent, is_staff: false } }), []],
    [
      'what the customer wrote later, brought by us, should it ever be public',
      comment({ body: 'Still locked out.\n\n– customer in the chat, 2026-11-22 10:17 UTC · LK-7/17' }),
      [],
    ],
    [
      'an agent who quotes it',
      comment({ body: '> – customer in the chat, 2026-11-22 10:17 UTC · LK-7/17\nDone.' }),
      [{ ...replied, text: '> – customer in the chat, 2026-11-22 10:17 UTC · LK-7/17\nDone.' }],
    ],
    ['a comment on a ticket that is not ours', comment({}, { external_id: null }), []],
    ['one on a ticket without an external id', comment({}, { external_id: '' }), []],
    ['solved', status('SOLVED', 'OPEN'), [closed]],
    ['closed', status('CLOSED', 'SOLVED'), [closed]],
    [
      'solved in small letters, by nobody',
      status('solved', 'open', { actor_id: null }),
      [{ ...closed, person: { id: `${origin}|unknown`, name: 'Support' } }],
    ],
    ['pending', status('PENDING', 'OPEN'), []],
    ['solved, a ticket that is not ours', status('SOLVED', 'OPEN', { external_id: null }), []],
    ['another event', event('ticket.priority_changed', { current: 'HIGH', previous: null }), []],
  ];
  for (const [name, body, events] of heard)
    it(`${name}: ${events[0]?.kind ?? 'nothing'}`, () => assert.deepEqual(readEvents(signed(body), body), events));

  it('the same comment posted twice is the same event', () => {
    const again = comment().replace('d4f5c389', 'e5f5c389');
    assert.equal(readEvents(signed(comment()), comment())[0]?.id, readEvents(signed(again), again)[0]?.id);
  });

  const codeFor = (headers: Parameters<typeof readEvents>[0], body: string) => {
    try {
      readEvents(headers, body);
      return 'heard';
    } catch (error) {
      return codeOf(error);
    }
  };

  const signatures: readonly (readonly [string, Parameters<typeof readEvents>[0], string])[] = [
    ['299 s old', signed(comment(), { agoMs: 299_000 }), 'heard'],
    ['301 s old', signed(comment(), { agoMs: 301_000 }), 'signature-invalid'],
    ['299 s ahead', signed(comment(), { agoMs: -299_000 }), 'heard'],
    ['301 s ahead', signed(comment(), { agoMs: -301_000 }), 'signature-invalid'],
    ['of another secret', signed(comment(), { key: 'another' }), 'signature-invalid'],
    ['of an empty secret', signed(comment(), { key: '' }), 'signature-invalid'],
    ['none', {}, 'signature-invalid'],
    ['empty', { ...signed(comment()), 'x-zendesk-webhook-signature': '' }, 'signature-invalid'],
    ['short', { ...signed(comment()), 'x-zendesk-webhook-signature': 'aGk=' }, 'signature-invalid'],
    [
      'without its time',
      { ...signed(comment()), 'x-zendesk-webhook-signature-timestamp': undefined },
      'signature-invalid',
    ],
    ['with a time that is none', signedAt('soon'), 'signature-invalid'],
  ];
  for (const [name, headers, code] of signatures)
    it(`a signature ${name}: ${code}`, () => assert.equal(codeFor(headers, comment()), code));

  it('is over the time and then the body, as the formula of the documentation says; its oldest example has it the other way', () => {
    const example = createZendeskEvents({
      ...{ origin, secret: 'HRkRd4BeOAoUkfZr-mhauJT64rvBASlJRoIyPsd3zeA=' },
      clock: { now: () => Date.UTC(2021, 6, 25, 10) },
    });
    const headers = (signature: string) => ({
      'x-zendesk-webhook-signature': signature,
      'x-zendesk-webhook-signature-timestamp': '2021-07-25T10:00:00Z',
    });
    const [time, body] = [
      'Rry/4TtIdFyawtXXp8QdI6tlAUUQ/5kL1OTp5qo/ZIk=',
      'tRDSF7URY8BLCDlaBcQ7FHu051Zk+aAB0NKMP53teMw=',
    ];
    // Signed, and then none of Zendesk’s events.
    assert.throws(() => example(headers(time), '{"say": "hello"}'), { code: 'message-invalid' });
    assert.throws(() => example(headers(body), '{"say": "hello"}'), { code: 'signature-invalid' });
  });

  it('with any bit flipped: signature-invalid', () => {
    const [headers, body] = [signed(comment()), Buffer.from(comment())];
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.nat(6), (at, bit) => {
        const flipped = Buffer.from(body);
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
        assert.equal(codeFor(headers, flipped.toString('utf8')), 'signature-invalid');
      }),
      { numRuns: 300 },
    );
  });

  const malformed = [
    '',
    '{',
    '[]',
    'null',
    '"x"',
    '{}',
    comment({ id: {} }),
    comment({ body: 7 }),
    comment({ author: null }),
  ];
  for (const body of [...malformed, event('ticket.status_changed', {}), event('ticket.comment_added', {})])
    it(`signed, but malformed: ${body.slice(0, 40)}`, () =>
      assert.equal(codeFor(signed(body), body), 'message-invalid'));

  it('an error repeats nothing of it', () => {
    const body = comment({ body: 'my secret words', author: 7 });
    assert.throws(
      () => readEvents(signed(body), body),
      (error: Error) => !JSON.stringify([error.message, error.cause]).includes('secret words'),
    );
  });
});

function signedAt(timestamp: string) {
  const signature = createHmac('sha256', secret).update(`${timestamp}${comment()}`).digest('base64');
  return { 'x-zendesk-webhook-signature': signature, 'x-zendesk-webhook-signature-timestamp': timestamp };
}
