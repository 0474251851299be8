import assert from 'node:assert/strict';
import { onEachStore } from '../support/databases.ts';
import { waitingTickets } from './outage.ts';

const [minute, hour] = [60_000, 3_600_000];

onEachStore('a clock that jumps', () => {
  it('back by six hours leaves nothing undelivered', async () => {
    const { clock, store, taken, deliver, state } = await waitingTickets(3);
    state.fails = () => 'desk-unavailable';
    await deliver();
    clock.forward(-6 * hour);
    await store.capWaits();
    state.fails = () => null;
    await deliver();
    clock.forward(minute);
    await deliver();
    assert.deepEqual([...taken].sort(), ['LK-1', 'LK-2', 'LK-3']);
    await store.close();
  });

  it('back after a crash with a ticket under way leaves it to the next process', async () => {
    const { clock, store, taken, deliver } = await waitingTickets(1);
    clock.forward(24 * hour);
    const [claimed] = await store.outbox.claimDue(clock.now(), clock.now() + 30_000, 1);
    assert.equal(claimed?.id, 'LK-1');
    clock.forward(-24 * hour);
    await store.capWaits();
    await deliver();
    assert.deepEqual(taken, ['LK-1']);
    await store.close();
  });

  it('back by six hours leaves nothing unsent in a channel', async () => {
    const { clock, store } = await waitingTickets(1);
    await store.addresses.save('talk 0', 'slack', { kind: 'slack', team: 'T1', channel: 'D1', thread: null });
    await store.addresses.retryAt('talk 0', clock.now() + minute);
    clock.forward(-6 * hour);
    await store.capWaits();
    assert.deepEqual(await store.addresses.due(clock.now(), 9), ['talk 0']);
    await store.close();
  });

  it('by less than anything waits for changes nothing: who asked to be left alone is', async () => {
    const { clock, store, taken, deliver } = await waitingTickets(1);
    const [claimed] = await store.outbox.claimDue(clock.now(), clock.now() + 30_000, 1);
    await store.outbox.retryAt('LK-1', claimed?.attempts ?? 0, clock.now() + 5 * minute);
    clock.forward(-2_000);
    await store.capWaits();
    clock.forward(4 * minute);
    await deliver();
    assert.deepEqual(taken, []);
    await store.close();
  });
});
