import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { createDesk, type DeskSettings } from '../../src/desks/index.ts';
import { subjectOf } from '../../src/desks/desk-text.ts';
import { verifiedPerson } from '../../src/desks/verified-person.ts';
import { webhookKey } from '../../src/desks/webhook/settings.ts';
import { codeOf } from '../../src/domain/errors.ts';
import type { Queue } from '../../src/domain/ports.ts';
import { anyTicket } from '../tickets/any-ticket.ts';
import { fakeClock } from '../support/fakes.ts';
import { hasPieces } from '../support/pieces.ts';
import { root } from '../support/sources.ts';
import { failureOf } from './contract.ts';
import { startFarEnd } from './far-end.ts';
import { startMailServer } from './mail-server.ts';
import { ticketNumbered, ticketOfSomeone } from './tickets.ts';

const queue: Queue = { add: () => Promise.resolve() };
const needs = { queue, fetch, clock: fakeClock(), linksOf: () => ({ transcript: 'https://help.test/t/1' }) };
const nowhere = new URL('http://127.0.0.1:9');
const key = webhookKey(`whsec_${'A'.repeat(32)}`) ?? assert.fail();

/** One of each. */
const settings = (url: URL, port: number): readonly DeskSettings[] => [
  { name: 'webhook', url, key },
  { name: 'zendesk', url, email: 'bot@acme.example', token: 't', webhookSecret: null },
  { name: 'freshdesk', url, key: 'k', requester: 'chat@acme.example', field: 'cf_latchkey' },
  { name: 'jira', url, email: 'bot@acme.example', token: 't', serviceDesk: '3', requestType: '27' },
  {
    ...{ name: 'email', host: '127.0.0.1', port, secure: false, login: null },
    ...{ from: 'latchkey@acme.example', to: 'support@acme.example' },
  },
];

/** A far end that takes everything, and makes an id of every kind. */
const startAgreeing = () => startFarEnd(() => ({ status: 201, body: { id: 1, ticket: { id: 1 }, issueKey: 'SUP-1' } }));

const folders = readdirSync(join(root, 'src/desks'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
const external = folders.map(({ name }) => name).filter((name) => name !== 'built-in');

describe('the folder of a desk', () => {
  for (const name of external)
    hasPieces(name, {
      [`src/desks/${name}/settings.ts`]: 'Setting<',
      'src/desks/index.ts': `desk('${name}', `,
      [`test/desks/${name}.test.ts`]: `deskContract('${name}', `,
      'test/desks/index.test.ts': `name: '${name}', `,
      [`docs/${name}.md`]: '| Setting | What it is |',
      'README.md': `(docs/${name}.md)`,
    });

  it('is no other than that of a desk in the list', () => {
    const listed = settings(nowhere, 9).map(({ name }) => name);
    assert.deepEqual(
      listed.filter((name) => !external.includes(name)),
      [],
    );
  });
});

describe('the list of desks', () => {
  it('makes the desk of each settings, and the built-in one without any', () => {
    for (const one of settings(nowhere, 9)) assert.equal(createDesk(one, needs).name, one.name);
    assert.equal(createDesk(null, needs).name, 'built-in');
  });
});

describe('every external desk', () => {
  let farEnd: Awaited<ReturnType<typeof startAgreeing>>;
  let mail: Awaited<ReturnType<typeof startMailServer>>;
  beforeEach(async () => ([farEnd, mail] = await Promise.all([startAgreeing(), startMailServer()])));
  const others: { close(): void }[] = [];
  const startOther = async (answer: Parameters<typeof startFarEnd>[0]) => {
    const other = await startFarEnd(answer);
    others.push(other);
    return other;
  };
  afterEach(() => {
    for (const one of [farEnd, mail, ...others.splice(0)]) one.close();
  });
  const desks = () => settings(farEnd.url, mail.port).map((one) => createDesk(one, needs));
  /** Whom they would write to: in no body may an address stand anywhere but in the ticket's own texts. */
  const addressed = () => {
    const bodies = farEnd.asked.flatMap(({ body }) => [
      body.ticket?.requester,
      body.email,
      body.name,
      body.raiseOnBehalfOf,
      body.requestParticipants,
    ]);
    const mails = mail.mails.flatMap(({ to, parsed }) =>
      [...to, parsed.cc, parsed.bcc].concat(parsed.replyTo?.value.map(({ address }) => address)),
    );
    return JSON.stringify([bodies, mails]);
  };

  it('writes to nobody whose address was only typed', async () => {
    for (const desk of desks()) await desk.take(ticketNumbered('LK-7'), { again: false });
    assert.ok(!addressed().includes('zoe@example.com'), addressed());
    assert.ok(addressed().includes('chat@acme.example'));
  });

  it('nor when someone is signed in and types another’s', async () => {
    for (const desk of desks()) await desk.take(ticketOfSomeone('LK-7'), { again: false });
    assert.ok(!addressed().includes('zoe@example.com'), addressed());
    assert.equal(addressed().split('ada@customer.example').length - 1, 3, addressed());
  });

  for (const email of [
    '',
    'ada',
    'a@b.example, c@d.example',
    'a@b.example\r\nBcc: c@d.example',
    '"x" <a@b.example>',
    undefined,
  ])
    it(`nor to a signed-in customer whose address is ${JSON.stringify(email)}`, async () => {
      for (const desk of desks()) await desk.take(ticketOfSomeone('LK-7', { email }), { again: false });
      assert.equal(verifiedPerson(ticketOfSomeone('LK-7', { email })), null);
      assert.ok(!/[ac]@[bd]\.example/.test(addressed()), addressed());
    });

  for (const status of [301, 400, 401, 403, 404, 422])
    it(`refuses a ticket for good when ${status} is answered, and asks nobody else`, async () => {
      const refusing = await startOther(() => ({ status, headers: { location: farEnd.url.href } }));
      const calling = settings(refusing.url, mail.port).filter(({ name }) => name !== 'email');
      for (const one of calling)
        assert.equal(
          codeOf(await failureOf(createDesk(one, needs).take(ticketNumbered('LK-7'), { again: false }))),
          'desk-refused',
        );
      assert.deepEqual([refusing.asked.length, farEnd.asked.length], [calling.length, 0]);
    });

  const echo = { id: 'zoe@example.com', ticket: { id: 'zoe@example.com' }, issueKey: ['zoe@example.com'] };
  for (const body of ['x'.repeat(10_000_000), { ticket: {} }, [], null, echo])
    it(`with an id neither believes nor repeats an answer that has none: ${JSON.stringify(body).slice(0, 20)}`, async () => {
      const odd = await startOther(() => ({ status: 201, body }));
      for (const one of settings(odd.url, mail.port).filter(({ name }) => !['webhook', 'email'].includes(name))) {
        const error = await failureOf(createDesk(one, needs).take(ticketNumbered('LK-7'), { again: false }));
        assert.equal(codeOf(error), 'desk-unavailable');
        assert.ok(!inspect(error, { depth: Infinity, showHidden: true }).includes('zoe@example.com'));
      }
    });
});

describe('a ticket’s subject', () => {
  it('is one line of at most 150 characters that ends with the number', () =>
    fc.assert(
      fc.property(anyTicket, fc.string({ maxLength: 400, size: 'max' }), (ticket, feature) => {
        const subject = subjectOf({ ...ticket, problem: { ...ticket.problem, feature } });
        assert.ok(subject.length <= 150 && subject.endsWith(` · ${ticket.number}`), subject);
        assert.doesNotMatch(subject, /\p{Cc}/u);
      }),
    ));
});
