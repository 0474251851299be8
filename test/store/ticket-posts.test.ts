import assert from 'node:assert/strict';
import type { Store } from '../../src/domain/ports.ts';
import { onEachStore, openDatabase } from '../support/databases.ts';
import { storeOver, written } from '../support/store.ts';
import { ticketNumbered } from '../desks/tickets.ts';
import { nextEffects } from '../support/effects.ts';
import { fakeClock } from '../support/fakes.ts';

const by = { id: 'ada', name: 'Ada' };

onEachStore('what a board is to show', () => {
  it('is every ticket since it is there, and none of another board', async () => {
    const clock = fakeClock();
    const db = await openDatabase();
    const before = await storeOver(db, clock);
    await turnWithTicket(before, 'LK-1');
    const after = await storeOver(db, clock, { feeds: ['slack'] });
    assert.deepEqual(await after.ticketPosts.due('slack', 9), []);
    await turnWithTicket(after, 'LK-2');
    assert.deepEqual(
      (await after.ticketPosts.due('slack', 9)).map(({ filed: one }) => one.ticket.number),
      ['LK-2'],
    );
    assert.deepEqual(await after.ticketPosts.due('teams', 9), []);
  });

  it('is a ticket again when a desk took it, and when the customer says that it is solved', async () => {
    const clock = fakeClock();
    const store = await storeOver(await openDatabase(), clock, { desk: 'zendesk', feeds: ['slack'] });
    const standing = async () => {
      const [one] = await store.ticketPosts.due('slack', 9);
      if (!one) return null;
      await store.ticketPosts.shown(one, 'ref');
      return [one.filed.work.state, one.filed.work.solved];
    };
    await turnWithTicket(store, 'LK-1');
    assert.deepEqual(await standing(), ['waiting', null]);
    assert.equal(await standing(), null);
    await store.outbox.delivered('LK-1', clock.now(), null);
    assert.deepEqual(await standing(), ['sent', null]);
    const closed = { state: 'closed' as const, holder: by };
    await store.ticketActions.act({
      ticket: 'LK-1',
      by,
      action: 'close',
      id: 'x',
      when: { states: ['sent'] },
      becomes: closed,
    });
    assert.deepEqual(await standing(), ['closed', null]);
    await turnWithTicket(store, null, { ticket: 'LK-1', solved: true });
    assert.deepEqual(await standing(), ['closed', true]);
  });

  it('is shown to agents who were connected, until their time is over', async () => {
    const clock = fakeClock();
    const { connectedAgents } = await storeOver(await openDatabase(), clock);
    const agent = { ...by, email: null, roles: ['agent' as const] };
    await connectedAgents.connect('slack|T1|U1', agent, clock.now() + 1_000);
    assert.deepEqual(await connectedAgents.find('slack|T1|U1'), agent);
    assert.equal(await connectedAgents.find('slack|T1|U2'), null);
    clock.forward(1_000);
    assert.equal(await connectedAgents.find('slack|T1|U1'), null);
    await connectedAgents.connect('slack|T1|U1', { ...agent, name: 'Bo' }, clock.now() + 1_000);
    assert.equal((await connectedAgents.find('slack|T1|U1'))?.name, 'Bo');
  });
});

type Resolution = { readonly ticket: string; readonly solved: boolean } | null;

/** A turn of the talk in which a ticket is opened, or said to be solved. */
async function turnWithTicket(store: Store, number: string | null, resolution: Resolution = null): Promise<void> {
  await store.open({ id: 'talk', channel: 'x', userId: 'u', subject: null, locale: 'en', shared: false });
  await store.receive('talk', written('x', `client:${number ?? 'solved'}`));
  const ticket = number === null ? null : ticketNumbered(number);
  await store.commit(await nextEffects(store, 'talk', { resolution, ticket }));
}
