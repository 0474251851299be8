import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { createDesk, type DeskSettings } from '../../src/desks/index.ts';
import { agentSubject } from '../../src/desks/desk-text.ts';
import { verifiedPerson } from '../../src/desks/verified-person.ts';
import { webhookKey } from '../../src/desks/webhook/settings.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { codeOf } from '../../src/domain/errors.ts';
import type { Desk, Queue } from '../../src/domain/ports.ts';
import { anyTicket } from '../tickets/any-ticket.ts';
import { fakeClock } from '../support/fakes.ts';
import { hasPieces } from '../support/pieces.ts';
import { root } from '../support/sources.ts';
import { failureOf } from './contract.ts';
import { startFarEnd } from './far-end.ts';
import { startMailServer } from './mail-server.ts';
import { filed, later, ticketNumbered, ticketOfSomeone } from './tickets.ts';

const queue: Queue = { add: () => Promise.resolve() };
const conversations = { lastSeq: () => Promise.resolve(0), activitiesAfter: () => Promise.resolve([]) };
const needs = {
  queue,
  conversations,
  fetch,
  clock: fakeClock(),
  linksOf: () => ({ transcript: 'https://help.test/t/1' }),
};
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
const startAgreeing = () =>
  startFarEnd(({ path }) => {
    const id = path.startsWith('/rest/') ? '1' : 1;
    return { status: 201, body: { id, ticket: { id: 1 }, issueKey: 'SUP-1' } };
  });

/** Brings a ticket, and what was written after it. */
async function bring(desk: Desk, ticket: Ticket): Promise<void> {
  const ref = await desk.take(ticket, { again: false });
  await desk.add(filed(ticket, desk.name, ref), later(17), { again: false });
}

const folders = readdirSync(join(root, 'src/desks'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
const external = folders.map(({ name }) => name).filter((name) => name !== 'built-in');

describe('the folder of a desk', () => {
  for (const name of external)
    hasPieces(name, {
      [`src/desks/${name}/settings.ts`]: 'Setting<',
      [`src/desks/${name}/check.ts`]: 'Promise<CheckResult>',
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
  it('makes the desk of each settings, and the built-in one without any', async () => {
    for (const one of settings(nowhere, 9)) assert.equal((await createDesk(one, needs)).name, one.name);
    assert.equal((await createDesk(null, needs)).name, 'built-in');
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
  const desks = () => Promise.all(settings(farEnd.url, mail.port).map((one) => createDesk(one, needs)));
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
    for (const desk of await desks()) await bring(desk, ticketNumbered('LK-7'));
    assert.ok(!addressed().includes('zoe@example.com'), addressed());
    assert.ok(addressed().includes('chat@acme.example'));
  });

  it('nor when someone is signed in and types another’s', async () => {
    for (const desk of await desks()) await bring(desk, ticketOfSomeone('LK-7'));
    assert.ok(!addressed().includes('zoe@example.com'), addressed());
    // Zendesk’s and Freshdesk’s requester, and Reply-To of two mails.
    assert.equal(addressed().split('ada@customer.example').length - 1, 4, addressed());
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
      for (const desk of await desks()) await bring(desk, ticketOfSomeone('LK-7', { email }));
      assert.equal(verifiedPerson(ticketOfSomeone('LK-7', { email })), null);
      assert.ok(!/[ac]@[bd]\.example/.test(addressed()), addressed());
    });

  for (const status of [301, 400, 401, 403, 404, 422])
    it(`refuses a ticket for good when ${status} is answered, and asks nobody else`, async () => {
      const refusing = await startOther(() => ({ status, headers: { location: farEnd.url.href } }));
      const calling = settings(refusing.url, mail.port).filter(({ name }) => name !== 'email');
      for (const one of calling)
        assert.equal(
          codeOf(await failureOf((await createDesk(one, needs)).take(ticketNumbered('LK-7'), { again: false }))),
          'desk-refused',
        );
      assert.deepEqual([refusing.asked.length, farEnd.asked.length], [calling.length, 0]);
    });

  it('refuses a later message for good when 404 is answered, and sends nothing then', async () => {
    const refusing = await startOther(() => ({ status: 404 }));
    for (const one of settings(refusing.url, mail.port).filter(({ name }) => name !== 'email')) {
      const at = filed(ticketNumbered('LK-7'), one.name, { id: '../1', url: null });
      assert.equal(
        codeOf(await failureOf((await createDesk(one, needs)).add(at, later(17), { again: false }))),
        'desk-refused',
      );
    }
    assert.equal(refusing.asked.length, 4);
    assert.ok(!refusing.asked.some(({ path }) => path.includes('/../')), 'an id stays one part of the path');
    assert.ok(refusing.asked.slice(1).every(({ path }) => path.includes('..%2F1')));
  });

  const echo = { id: 'zoe@example.com', ticket: { id: 'zoe@example.com' }, issueKey: ['zoe@example.com'] };
  for (const body of ['x'.repeat(10_000_000), { ticket: {} }, [], null, echo])
    it(`with an id neither believes nor repeats an answer that has none: ${JSON.stringify(body).slice(0, 20)}`, async () => {
      const odd = await startOther(() => ({ status: 201, body }));
      for (const one of settings(odd.url, mail.port).filter(({ name }) => !['webhook', 'email'].includes(name))) {
        const error = await failureOf((await createDesk(one, needs)).take(ticketNumbered('LK-7'), { again: false }));
        assert.equal(codeOf(error), 'desk-unavailable');
        assert.ok(!inspect(error, { depth: Infinity, showHidden: true }).includes('zoe@example.com'));
      }
    });
});

describe('a ticket’s subject', () => {
  it('is one line of at most 150 characters that ends with the number', () =>
    fc.assert(
      fc.property(anyTicket, fc.string({ maxLength: 400, size: 'max' }), (ticket, feature) => {
        const subject = agentSubject({ ...ticket, problem: { ...ticket.problem, feature } });
        assert.ok(subject.length <= 150 && subject.endsWith(` · ${ticket.number}`), subject);
        assert.doesNotMatch(subject, /\p{Cc}/u);
      }),
    ));
});
