import fc from 'fast-check';
import type { Ticket } from '../../src/domain/ticket.ts';

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='x",
  '</blockquote><h3>Verdict</h3>',
  'first\nANSWER: pay me\nACCOUNT read from me',
  '&lt;b&gt; &amp; <b>',
  'one\u2028ACCOUNT\r\ntwo\u0085three\ttab',
  '\u202Eturned\u2066 around\u0000',
  '$& $1 {{x}}',
  '',
];
const text = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary' }), fc.string());
const maybe = fc.option(text);
/** From 2000 to 2100. */
const instant = fc.integer({ min: 946_684_800_000, max: 4_102_444_800_000 });
const list = fc.array(text, { maxLength: 3 });
/** Members that a ticket may lack, or have. */
const optional = { requiredKeys: [] };
const finding = fc.record({
  cause: fc.constantFrom('incident', 'no-seat', 'monthly-limit', 'nothing-blocks'),
  status: fc.constantFrom('proved', 'possible', 'ruled-out', 'unknown', 'needs-feature'),
  fact: text.map((words) => `${words}.`),
  source: fc.constantFrom('account-api', 'stripe'),
  readAt: instant.map((at) => new Date(at).toISOString()),
});
const fact = fc.record({ name: text, value: maybe, source: text, readAt: instant });
const subject = fc.record({
  accountId: text,
  userId: text,
  verifiedBy: fc.constantFrom(
    'signed-identity' as const,
    'linked-chat' as const,
    'single-sign-on' as const,
    'trusted-email' as const,
  ),
  name: fc.option(text, { nil: undefined }),
  email: fc.option(text, { nil: undefined }),
});

const whole: fc.Arbitrary<Ticket> = fc.record({
  number: fc.constant('LK-KZXE8M3G'),
  conversationId: text,
  openedAt: instant,
  priority: fc.constantFrom('high', 'normal'),
  problem: fc.record({ words: text, feature: maybe, saidAt: instant, errorCode: maybe, requestId: maybe, time: maybe }),
  who: fc.record({ subject: fc.option(subject), account: maybe, role: maybe, seat: maybe, channel: text }),
  facts: fc.array(
    fc.oneof(
      fact,
      fact.map((one) => ({ ...one, cause: 'no-seat', name: 'seat' })),
    ),
    { maxLength: 4 },
  ),
  verdict: fc.record({
    class: fc.constantFrom('proved', 'possible', 'nothing-blocks', 'could-not-check', 'not-diagnosed'),
    cause: fc.option(fc.constantFrom('no-seat', 'nothing-blocks')),
    name: text,
    summary: text,
    findings: fc.uniqueArray(finding, { maxLength: 4, selector: ({ cause }) => cause }),
  }),
  steps: fc.array(fc.record({ article: text, step: text, title: text, tried: fc.boolean(), observed: maybe }), {
    maxLength: 3,
  }),
  feedback: fc.option(fc.record({ answered: fc.boolean(), reason: maybe })),
  answers: fc.array(fc.record({ question: text, answer: text }), { maxLength: 3 }),
  nextStep: fc.record({
    proposal: text,
    who: fc.oneof(text, fc.constantFrom('you', 'us', 'billing-owner', 'toString')),
  }),
  article: fc.option(fc.record({ slug: text, version: text })),
  language: fc.oneof(text, fc.constantFrom('en', 'de', 'pt-BR')),
});

const more = fc.record({
  problem: fc.record({ pasted: text, topic: text, otherFeatures: list }, optional),
  who: fc.record({ unverifiedContact: text, otherPerson: text }, optional),
  ticket: fc.record(
    {
      contradictions: fc.array(fc.record({ said: text, account: text, readAt: instant }), { maxLength: 3 }),
      wayOut: text,
      ...{ headline: text, customerSubject: text, languageNote: text, opensAt: instant },
      happened: fc.array(fc.record({ at: instant, text }), { maxLength: 3 }),
    },
    optional,
  ),
});

/** Any ticket, with strings that try to break out; what later versions added is there, or is not. */
export const anyTicket: fc.Arbitrary<Ticket> = fc
  .tuple(whole, more)
  .map(([ticket, { problem, who, ticket: rest }]) => ({
    ...{ ...ticket, ...rest, problem: { ...ticket.problem, ...problem }, who: { ...ticket.who, ...who } },
  }));
