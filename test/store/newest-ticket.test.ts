import assert from 'node:assert/strict';
import type { Store } from '../../src/domain/ports.ts';
import { createTickets } from '../../src/store/tickets.ts';
import { ticketOfSomeone, verified } from '../desks/tickets.ts';
import { onEachStore } from '../support/databases.ts';
import { plansOf } from '../support/query-plans.ts';
import { becomes, dayMs, world } from './ticket-world.ts';

onEachStore('the newest ticket of a person', (kind) => {
  const of = (number: string, talk: string, openedAt: number, subject: Partial<typeof verified> = {}) => ({
    ...{ ...ticketOfSomeone(number, subject), conversationId: talk, openedAt },
  });
  const newest = async (store: Store, subject = verified) => (await store.tickets.newestOf(subject))?.ticket.number;

  it('is the one opened last, in whatever conversation, and of nobody else', async () => {
    const { store, turn, clock } = await world();
    assert.equal(await newest(store), undefined);
    const at = clock.now();
    await turn({ ticket: of('LK-2', 'a', at + 2) }, 'x', 'a');
    await turn({ ticket: of('LK-3', 'b', at + 1) }, 'x', 'b');
    for (const [i, subject] of [{ userId: 'user_8' }, { accountId: 'acct_8' }].entries())
      await turn({ ticket: of(`LK-${i + 4}`, 'c', at + 9, subject) }, 'x', 'c');
    await turn({ ticket: of('LK-6', 'c', at + 9, { accountId: 'acct', userId: '7|user_7' }) }, 'x', 'c');
    assert.equal(await newest(store), 'LK-2');
    assert.equal(await newest(store, { ...verified, accountId: 'acct|7', userId: 'user_7' }), undefined);
  });

  it('is a closed one for thirty days, then the one before that is open', async () => {
    const { store, turn, act, clock } = await world();
    await turn({ ticket: of('LK-2', 'a', clock.now()) }, 'x', 'a');
    await turn({ ticket: of('LK-3', 'a', clock.now() + 1) }, 'x', 'a');
    await act({ ticket: 'LK-3', ...becomes('closed') });
    clock.forward(30 * dayMs);
    assert.equal(await newest(store), 'LK-3');
    clock.forward(1);
    assert.equal(await newest(store), 'LK-2');
  });

  it('is the amended one, and whose it is by then', async () => {
    const { store, turn } = await world();
    await turn({ amendedTicket: ticketOfSomeone('LK-1') });
    assert.equal(await newest(store), 'LK-1');
  });

  if (kind !== 'SQLite') return;
  it('is found among any number of tickets', async () => {
    const { db, clock } = await world();
    const plans = await plansOf(db, (watched) => createTickets(watched, clock).newestOf(verified));
    assert.match(plans[0] ?? '', /^SEARCH tickets USING INDEX tickets_of_customer/);
    assert.deepEqual(
      plans.filter((step) => /SCAN|TEMP B-TREE/.test(step)),
      [],
    );
  });
});
