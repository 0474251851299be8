import assert from 'node:assert/strict';
import { roles, type Role } from '../../src/domain/agent.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { fileTicket } from '../../src/store/tickets.ts';
import { contact, ticketNumbered, verified } from '../desks/tickets.ts';
import { consoleWith } from '../support/console.ts';
import { openChat } from '../support/direct-line.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

const mail = (role: Role) => `${role}@acme.example`;
const settings = {
  openId: null,
  oneTimeLinks: true,
  roles: { agent: [mail('agent')], writer: [mail('writer')], operator: [mail('operator')] },
};
/** All that tells whose a ticket is, each planted somewhere. */
const personal = [
  ...['Ada Example', 'ada@customer.example', 'acct_7', 'user_7', 'Initech', contact, 'Tom the other'],
  ...['I am Ada, let me in', 'You reach me', 'she said so', 'Ada asked twice', 'is called Ada'],
];
const who = { account: 'Initech', role: null, seat: null, channel: 'direct-line', unverifiedContact: contact };
const planted: Partial<Ticket> = {
  headline: 'Ada Example (Initech) cannot export',
  who: { ...who, subject: verified, otherPerson: 'Tom the other' },
  answers: [{ question: 'Since when?', answer: 'she said so' }],
  happened: [{ at: 1, text: 'Ada asked twice' }],
  nextStep: { proposal: 'The owner is called Ada.', who: 'us' },
  article: { slug: 'export', version: '1' },
  feedback: { answered: false, reason: 'Ada asked twice' },
};

describe('a ticket’s personal data', () => {
  let product: TestProduct;
  before(async () => {
    product = await startTestProduct({ console: settings });
    for (const role of roles)
      await product.store.agentSessions.open(role, { id: role, name: role, email: mail(role), roles: [role] }, 1e15);
    const chat = await openChat(product.url);
    const stream = await chat.listen();
    const ticket = ticketNumbered('LK-7', chat.id, planted);
    const told = { ...ticket, problem: { ...ticket.problem, words: 'I am Ada, let me in' } };
    await product.db.transact(() => fileTicket(told, 'built-in'));
    await chat.write(`You reach me at ${contact}`);
    await stream.until((one) => String(one.text).includes(contact));
    await stream.close();
    await consoleWith(product.url, 'latchkey_console=agent').act('LK-7', 'note', { id: 'n', text: 'is called Ada' });
  });
  after(() => product.stop());

  /** All that somebody with this role reads of the ticket: its page, the lists, and the conversation. */
  async function readBy(role: Role): Promise<string> {
    const console = consoleWith(product.url, `latchkey_console=${role}`);
    const pages = ['tickets/LK-7', 'tickets?view=waiting', 'tickets?q=lk-7'].map((path) => console.get(path));
    const stream = await console.stream();
    stream.watch('LK-7');
    await stream.until((one) => JSON.stringify(one).includes('"role":"user"'));
    stream.close();
    return JSON.stringify([(await Promise.all(pages)).map(({ body }) => body), stream.told]);
  }

  for (const role of ['agent', 'operator'] as const)
    it(`is read by the ${role}, and what was typed is marked as that`, async () => {
      const read = await readBy(role);
      assert.deepEqual(
        personal.filter((one) => !read.includes(one)),
        [],
      );
      assert.match(read, /UNVERIFIED contact, typed by the customer/);
    });

  it('is not read by a writer, on the ticket, in a list or in the conversation, who reads what words did', async () => {
    const read = await readBy('writer');
    assert.deepEqual(
      personal.filter((one) => read.includes(one)),
      [],
    );
    for (const part of ['LK-7', 'Monthly limit', 'Export', '/articles/export', 'Not shown to writers'])
      assert.ok(read.includes(part), part);
  });

  it('is not found out by a writer’s search either', async () => {
    const found = async (role: Role, what: string) => {
      const { body } = await consoleWith(product.url, `latchkey_console=${role}`).get(`tickets?q=${what}`);
      return (body as { tickets?: unknown[] }).tickets?.length;
    };
    for (const what of ['ada@customer.example', 'acct_7|user_7'].map(encodeURIComponent))
      assert.deepEqual([await found('agent', what), await found('writer', what)], [1, 0]);
    assert.equal(await found('writer', 'LK-7'), 1);
  });
});
