import assert from 'node:assert/strict';
import fc from 'fast-check';
import { z } from 'zod';
import { ticketJson } from '../../src/tickets/ticket-json.ts';
import { anyTicket } from './any-ticket.ts';
import { situations, ticketIn } from './situations.ts';

const time = z.iso.datetime();
const maybe = z.string().nullable();
const shape = z.strictObject({
  version: z.literal(1),
  number: z.string(),
  openedAt: time,
  priority: z.enum(['high', 'normal']),
  ...{ headline: z.string(), subject: z.string(), context: z.array(z.string()), opensAt: time.nullable() },
  happened: z.array(z.strictObject({ at: time, text: z.string() })),
  problem: z.strictObject({
    ...{ words: z.string(), feature: maybe, saidAt: time },
    ...{
      errorCode: maybe,
      requestId: maybe,
      time: maybe,
      pasted: maybe,
      topic: maybe,
      otherFeatures: z.array(z.string()),
    },
  }),
  verdict: z.strictObject({
    class: z.enum(['proved', 'possible', 'nothing-blocks', 'could-not-check', 'not-diagnosed']),
    ...{ cause: maybe, name: z.string(), summary: z.string() },
  }),
  nextStep: z.strictObject({ proposal: z.string(), who: z.string(), caution: maybe }),
  answer: maybe,
  who: z.strictObject({
    verifiedBy: z.enum(['signed-identity', 'linked-chat', 'single-sign-on', 'trusted-email']).nullable(),
    ...{ userId: maybe, name: maybe, email: maybe, accountId: maybe, account: maybe, plan: maybe, role: maybe },
    ...{ seat: maybe, channel: z.string(), conversationId: z.string(), unverifiedContact: maybe, otherPerson: maybe },
  }),
  facts: z.array(z.strictObject({ name: z.string(), value: maybe, source: z.string(), readAt: time, cause: maybe })),
  findings: z.array(
    z.strictObject({
      cause: z.string(),
      status: z.enum(['proved', 'possible', 'ruled-out', 'unknown']),
      ...{ label: maybe, fact: z.string(), source: z.string(), readAt: time, warns: z.boolean() },
    }),
  ),
  steps: z.array(
    z.strictObject({
      ...{ article: z.string(), step: z.string(), title: z.string() },
      ...{ tried: z.boolean(), observed: maybe },
    }),
  ),
  feedback: z.strictObject({ answered: z.boolean(), reason: maybe }).nullable(),
  answers: z.array(z.strictObject({ question: z.string(), answer: z.string() })),
  contradictions: z.array(z.strictObject({ said: z.string(), account: z.string(), readAt: time })),
  wayOut: maybe,
  article: z.strictObject({ slug: z.string(), version: z.string() }).nullable(),
  language: z.string(),
  languageNote: maybe,
  links: z.strictObject({ transcript: maybe, article: maybe }),
});

describe('a ticket as JSON', () => {
  it('has the shape of version 1 and survives the wire', () => {
    fc.assert(
      fc.property(anyTicket, (ticket) => {
        const json = ticketJson(ticket, { transcript: 'https://help.test/1' });
        assert.deepEqual(shape.parse(JSON.parse(JSON.stringify(json))), json);
      }),
    );
  });

  for (const [name, situation] of Object.entries(situations).slice(0, 3))
    it(`has it, without what is ours alone: ${name}`, async () => {
      const ticket = await ticketIn(situation);
      const { subject } = ticket.who;
      const whole = { ...ticket, inside: 1, who: { ...ticket.who, subject: subject && { ...subject, zone: 'UTC' } } };
      const json = shape.parse(ticketJson(whole));
      assert.equal(json.openedAt, '2026-11-22T10:12:00.000Z');
      assert.equal(json.who.verifiedBy, subject?.verifiedBy ?? null);
    });
});
