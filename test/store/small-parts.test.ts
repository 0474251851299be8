import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { createEvents } from '../../src/domain/events.ts';
import { createRetention } from '../../src/store/retention.ts';
import { countingRandom } from '../support/fakes.ts';
import { plansOf } from '../support/query-plans.ts';
import { storeMany } from './many.ts';
import { forgetAll, world } from './ticket-world.ts';

describe('what is kept long enough goes in small parts, between which everybody else has a turn', () => {
  let now: Awaited<ReturnType<typeof world>>;
  beforeEach(async () => (now = await world()));
  afterEach(() => now.store.close());
  const ago = (ms: number) => now.clock.now() - ms;
  const rows = async (table: string, where = 'true') =>
    (await sql.raw<Record<string, unknown>>(`select * from ${table} where ${where}`).execute(now.db)).rows;

  /** The most rows that were changed in one go while `work` was done. */
  async function mostAtOnce(work: () => Promise<unknown>): Promise<number> {
    const changed = async () =>
      Number((await sql<{ n: number }>`select total_changes() as n`.execute(now.db)).rows[0]?.n);
    let [most, before, isDone] = [0, await changed(), false];
    const done = work().finally(() => (isDone = true));
    while (!isDone) {
      await new Promise((resolve) => setImmediate(resolve));
      const after = await changed();
      [most, before] = [Math.max(most, after - before), after];
    }
    await done;
    return most;
  }
  /** No more than that. */
  const part = 3_000;
  const old = { talks: 1, activities: 1, tickets: 0 };

  it('of one long talk', async () => {
    await storeMany(now.db, { ...old, activities: 20_000 }, 0);
    const most = await mostAtOnce(() => forgetAll(now, 'Conversations', ago(0)));
    assert.ok(most <= part, String(most));
    assert.equal((await rows('activities', "conversation_id like 'many_%'")).length, 0);
  });

  it('of many talks, and of their tickets', async () => {
    await storeMany(now.db, { talks: 250, activities: 3, tickets: 120 }, 0);
    const tickets = await mostAtOnce(() => forgetAll(now, 'Tickets', ago(0)));
    const talks = await mostAtOnce(() => forgetAll(now, 'Conversations', ago(0)));
    assert.ok(Math.max(tickets, talks) <= 100, `${tickets} and ${talks}`);
    assert.equal((await rows('conversations', "id like 'many_%'")).length, 0);
  });

  it('that each look at their own alone, however many there are', async () => {
    await storeMany(now.db, { talks: 20, activities: 1, tickets: 10 }, 0);
    const events = createEvents();
    const plans = await plansOf(now.db, async (watched) => {
      const retention = createRetention(watched, { random: countingRandom(), events });
      await retention.forgetTickets(ago(0), null);
      await retention.forgetConversations(ago(0), null);
      await retention.forgetExpired(ago(0));
    });
    assert.ok(plans.length > 20, plans.join('\n'));
    // A page reads on from where the one before ended.
    const ofClosed = plans.filter((plan) => /^SEARCH w\w* .+state=/.test(plan));
    assert.deepEqual(ofClosed.length, 1, ofClosed.join('\n'));
    assert.match(ofClosed[0] ?? '', /\(since,number\)>\(\?,\?\)/);
  });

  it('of tokens and claims that are over', async () => {
    await storeMany(now.db, { ...old, talks: 4_000 }, 0);
    const most = await mostAtOnce(() => now.store.retention.forgetExpired(now.clock.now()));
    assert.ok(most <= part, String(most));
    assert.deepEqual([(await rows('tokens')).length, (await rows('claims')).length], [0, 0]);
  });

  it('of what is over, whoever begins a chat meanwhile', async () => {
    await storeMany(now.db, { ...old, talks: 1_000 }, 0);
    const token = {
      conversationId: 'talk',
      userId: 'dl_1',
      expiresAt: 1e15,
      refreshableUntil: 1e15,
      endsAt: 1e15,
      signed: false,
    };
    const most = await mostAtOnce(async () => {
      assert.equal(await now.store.tokens.claimOnce('once', 1e15), true);
      await now.store.tokens.add('secret', token);
    });
    assert.ok(most <= 50, String(most));
  });

  it('of one person who is erased', async () => {
    await storeMany(now.db, { ...old, activities: 20_000 }, 0);
    const person = { accountId: 'acme', userId: 'usr_1' };
    await sql`update conversations set subject = ${JSON.stringify(person)} where id like 'many_%'`.execute(now.db);
    const most = await mostAtOnce(() => now.store.persons.erase(person));
    assert.ok(most <= part, String(most));
    assert.equal((await rows('activities', "conversation_id like 'many_%'")).length, 0);
  });
});
