import assert from 'node:assert/strict';
import { roles, type Role } from '../../src/domain/agent.ts';
import { fileTicket } from '../../src/store/tickets.ts';
import { contact, ticketNumbered } from '../desks/tickets.ts';
import { consoleWith } from '../support/console.ts';
import { openChat } from '../support/direct-line.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

const mail = (role: Role) => `${role}@acme.example`;
const settings = {
  openId: null,
  roles: { agent: [mail('agent')], writer: [mail('writer')], operator: [mail('operator')] },
};

describe('how to reach somebody who was not verified', () => {
  let product: TestProduct;
  before(async () => {
    product = await startTestProduct({ console: settings });
    for (const role of roles)
      await product.store.agentSessions.open(role, { id: role, name: role, email: mail(role), roles: [role] }, 1e15);
    const chat = await openChat(product.url);
    const stream = await chat.listen();
    const ticket = ticketNumbered('LK-7', chat.id, { answers: [] });
    const told = { ...ticket, problem: { ...ticket.problem, words: 'I see nothing' } };
    await product.db.transaction().execute((tx) => fileTicket(tx, told, 'built-in'));
    await chat.write(`You reach me at ${contact}`);
    await stream.until((one) => String(one.text).includes(contact));
    await stream.close();
  });
  after(() => product.stop());

  /** All that somebody with this role reads of the ticket: its page, the lists, and the conversation. */
  async function readBy(role: Role): Promise<string> {
    const console = consoleWith(product.url, `latchkey_console=${role}`);
    const pages = ['tickets/LK-7', 'tickets?view=waiting', 'tickets?q=LK-7'].map((path) => console.get(path));
    const stream = await console.stream();
    stream.watch('LK-7');
    await stream.until((one) => JSON.stringify(one).includes('"role":"user"'));
    stream.close();
    return JSON.stringify([(await Promise.all(pages)).map(({ body }) => body), stream.told]);
  }

  for (const role of ['agent', 'operator'] as const)
    it(`is read by the ${role}, marked as what it is`, async () => {
      const read = await readBy(role);
      assert.match(read, /UNVERIFIED contact, typed by the customer/);
      assert.ok(read.includes(contact) && read.includes(`You reach me at ${contact}`));
    });

  it('is not read by a writer, on the ticket or in the conversation, who reads the rest', async () => {
    const read = await readBy('writer');
    assert.ok(!read.includes(contact) && !read.includes('UNVERIFIED contact'), read);
    assert.ok(read.includes('I see nothing') && read.includes('Not shown to writers'));
  });

  it('hides nothing of a verified customer from a writer', async () => {
    const chat = await openChat(product.url, 'over-limit');
    const of = { accountId: 'a', userId: 'u', verifiedBy: 'signed-identity' as const };
    const who = { subject: of, account: null, role: null, seat: null, channel: 'direct-line' };
    const ticket = ticketNumbered('LK-8', chat.id, { who });
    await product.db.transaction().execute((tx) => fileTicket(tx, ticket, 'built-in'));
    await chat.write('I cannot export');
    const stream = await consoleWith(product.url, 'latchkey_console=writer').stream();
    stream.watch('LK-8');
    await stream.until((one) => JSON.stringify(one).includes('I cannot export'));
    stream.close();
  });
});
