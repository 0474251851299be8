import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { onEachStore } from '../support/databases.ts';
import { becomes, dayMs, forgetAll, world, worded } from './ticket-world.ts';

type World = Awaited<ReturnType<typeof world>>;
const month = 30 * dayMs;

onEachStore('what is kept long enough', () => {
  let now: World;
  beforeEach(async () => (now = await world()));
  afterEach(() => now.store.close());
  const ago = (ms: number) => now.clock.now() - ms;
  const rows = async (table: string, where = 'true') =>
    (await sql.raw<Record<string, unknown>>(`select * from ${table} where ${where}`).execute(now.db)).rows;

  it('is forgotten with everything that belongs to it, on its day and not before', async () => {
    const { clock, store, turn } = now;
    await turn({ shown: [{ article: 'seats', cause: 'no-seat' }], unanswered: 'PERSONAL' }, 'PERSONAL', 'old');
    await store.tokens.add('secret', {
      ...{
        conversationId: 'old',
        userId: 'dl_1',
        expiresAt: 1e15,
        refreshableUntil: 1e15,
        endsAt: 1e15,
        signed: false,
      },
    });
    await store.addresses.save('old', 'slack', { channel: 'D1' });
    clock.forward(month - 1);
    assert.equal(await forgetAll(now, 'Conversations', ago(month)), 0);
    clock.forward(1);
    assert.equal(await forgetAll(now, 'Conversations', ago(month)), 0, 'at that moment it is as old, and not older');
    clock.forward(1);
    assert.equal(await forgetAll(now, 'Conversations', ago(month)), 1);
    for (const table of ['conversations', 'activities', 'unanswered', 'addresses', 'tokens', 'shown', 'outcomes'])
      assert.deepEqual(await rows(table, `${table === 'conversations' ? 'id' : 'conversation_id'} = 'old'`), [], table);
    assert.equal(await store.load('old'), null);
  });

  it('stays where something was said since, though it was begun long ago', async () => {
    const { clock, turn } = now;
    await turn({}, 'first', 'old');
    clock.forward(month);
    await turn({}, 'again', 'old');
    clock.forward(1);
    assert.equal(await forgetAll(now, 'Conversations', ago(month - 1)), 0);
  });

  it('is no conversation that was opened just now, and in which nothing was said yet', async () => {
    const { clock, store } = now;
    const talk = { channel: 'direct-line', userId: 'dl_2', subject: null, locale: 'en', shared: false };
    await store.open({ id: 'empty', ...talk });
    assert.equal(await forgetAll(now, 'Conversations', ago(1)), 0);
    clock.forward(month + 1);
    assert.equal(await forgetAll(now, 'Conversations', ago(month)), 1);
  });

  it('is of a ticket never one that waits, that is worked on, or of which something is still to be delivered', async () => {
    const { clock, act, deliver, turn } = now;
    clock.forward(month);
    assert.equal(await forgetAll(now, 'Tickets', ago(1)), 0, 'it waits');
    await act(becomes('claimed'));
    clock.forward(month);
    assert.equal(await forgetAll(now, 'Tickets', ago(1)), 0, 'it is worked on');
    await act(becomes('closed'));
    clock.forward(month);
    assert.equal(await forgetAll(now, 'Tickets', ago(1)), 0, 'it is still to be delivered');
    await deliver();
    await turn({ followUp: 'LK-1' }, 'and this');
    clock.forward(month);
    assert.equal(await forgetAll(now, 'Tickets', ago(1)), 0, 'what was written later is to be delivered');
    await deliver();
    assert.equal(await forgetAll(now, 'Tickets', ago(month)), 0, 'something was said a month ago');
    clock.forward(1);
    assert.equal(await forgetAll(now, 'Tickets', ago(month)), 1);
    for (const table of ['tickets', 'work', 'outbox', 'ticket_posts', 'notes']) assert.deepEqual(await rows(table), []);
  });

  it('is no conversation of which a ticket is kept; once that is gone it is', async () => {
    const { clock, act, deliver } = now;
    await deliver();
    await act({ ...becomes('closed'), note: 'PERSONAL' });
    clock.forward(month + 1);
    assert.equal(await forgetAll(now, 'Conversations', ago(month)), 0);
    assert.equal(await forgetAll(now, 'Tickets', ago(month)), 1);
    assert.equal(await forgetAll(now, 'Conversations', ago(month)), 1);
  });

  it('is still counted, on its day and of nobody', async () => {
    const { clock, store, act, deliver, turn } = now;
    const period = { from: ago(clock.now() % dayMs), to: ago((clock.now() % dayMs) - dayMs) };
    const rated = { channel: 'direct-line', article: 'seats', version: '1' };
    const feedback = { ...rated, complaintNumber: 0, answered: false, cause: 'no-seat' };
    await turn({
      feedback: { ...feedback, reason: 'PERSONAL' },
      outcome: { complaintNumber: 0, outcome: 'handed-off', cause: 'no-seat' },
      shown: [{ article: 'seats', cause: 'no-seat' }],
    });
    await turn({ feedback: { ...feedback, reason: 'why-steps' } }, 'x', 'other');
    await turn({ feedback: { ...feedback, cause: null, reason: 'PERSONAL' } }, 'y', 'third');
    await deliver();
    await act(becomes('closed'));
    const before = await store.figures.count(period);
    assert.equal(before.closed.length, 1);
    clock.forward(month);
    await forgetAll(now, 'Tickets', ago(1));
    await forgetAll(now, 'Conversations', ago(1));
    assert.deepEqual(await rows('conversations'), []);
    const after = await store.figures.count(period);
    const reasons = before.reasons.map((one) => ({ ...one, reason: one.reason === 'PERSONAL' ? null : one.reason }));
    const flat = (all: readonly object[]) => all.map((one) => JSON.stringify(one)).sort();
    assert.deepEqual(flat(after.reasons), flat(reasons));
    assert.deepEqual({ ...after, reasons: [] }, { ...before, reasons: [] });
    for (const table of ['outcomes', 'shown', 'feedback', 'article_feedback'])
      for (const { conversation_id: id, at } of await rows(table)) {
        assert.match(String(id), /^past_/);
        assert.equal(Number(at) % dayMs, 0);
      }
    assert.deepEqual(
      (await rows('audit')).map(({ number }) => number),
      [null],
    );
  });

  it('is a link, too, where nothing else is known of whom it links', async () => {
    const { clock, store } = now;
    const users = ['slack|T1|gone', 'slack|T1|here'];
    const subject = { accountId: 'acme', userId: 'u1', verifiedBy: 'linked-chat' } as const;
    for (const [i, user] of users.entries()) {
      await now.db.insertInto('links').values({ channel_user: user, subject: '{}', at: clock.now() }).execute();
      await store.open({ id: `old ${i}`, channel: 'slack', userId: user, subject, locale: 'en', shared: false });
    }
    clock.forward(month + 1);
    const talk = { channel: 'slack', userId: 'slack|T1|here', subject, locale: 'en', shared: false };
    await store.open({ id: 'new', ...talk });
    assert.equal(await forgetAll(now, 'Conversations', ago(month)), 2);
    assert.deepEqual(
      (await rows('links')).map((row) => row.channel_user),
      ['slack|T1|here'],
    );
  });

  it('is found among many, in small parts that can be begun anew anywhere', async () => {
    const { clock, store, turn } = now;
    const talk = { channel: 'x', userId: 'dl_1', subject: null, locale: 'en', shared: false };
    for (let i = 0; i < 450; i += 1) await store.open({ id: `many ${i}`, ...talk });
    clock.forward(month + 1);
    await turn({}, 'here', 'many 7');
    const first = await store.retention.forgetConversations(ago(month), null);
    assert.ok(first.count > 0 && first.count <= 200);
    assert.equal((await forgetAll(now, 'Conversations', ago(month))) + first.count, 449);
    assert.deepEqual((await rows('conversations')).map(({ id }) => id).sort(), ['many 7', 'talk']);
  });

  it('is not what a clock says that jumps: a night is two days later at the most, and the first only begins to count', async () => {
    const { retention } = now.store;
    const at = now.clock.now();
    assert.equal(await retention.night(at), null);
    assert.equal(await retention.night(at + dayMs), at + dayMs);
    assert.equal(await retention.night(at + 365 * dayMs), at + 3 * dayMs);
    assert.equal(await retention.night(at + 2 * dayMs), at + 2 * dayMs);
    assert.equal(await retention.night(at + 3 * dayMs), at + 3 * dayMs);
  });

  it('leaves nothing to a talk that goes on: a ticket that is gone is neither added to nor opened again', async () => {
    const { act, brought, clock, deliver, turn } = now;
    await deliver();
    await act(becomes('closed'));
    clock.forward(month);
    await forgetAll(now, 'Tickets', ago(1));
    await turn({ followUp: 'LK-1', amendedTicket: worded('more'), withdrawnTicket: 'LK-1' }, 'more');
    await turn({ resolution: { ticket: 'LK-1', solved: false } }, 'no');
    assert.equal(await deliver(), 0);
    assert.equal(brought.length, 1);
  });

  it('is what was over for more than a week, of every kind', async () => {
    const { clock, store } = now;
    await store.connectedAgents.connect('slack|T1|A', { id: 'a', name: 'A', email: null, roles: [] }, clock.now());
    await store.tokens.claimOnce('once', clock.now());
    clock.forward(7 * dayMs);
    await store.retention.forgetExpired(clock.now());
    assert.equal((await rows('connected_agents')).length, 1);
    clock.forward(1);
    await store.retention.forgetExpired(clock.now());
    assert.deepEqual([...(await rows('connected_agents')), ...(await rows('claims'))], []);
  });
});
