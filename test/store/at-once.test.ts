import assert from 'node:assert/strict';
import { createAgentSessions } from '../../src/store/agent-sessions.ts';
import { createOneTime } from '../../src/store/one-time.ts';
import { createTokens } from '../../src/store/tokens.ts';
import type { StoreDatabase } from '../../src/store/store-database.ts';
import { onEachStore, openBeside, openDatabase } from '../support/databases.ts';
import { fakeClock } from '../support/fakes.ts';
import { storeOver } from '../support/store.ts';

const [few, many] = [60, 3_000];
const ends = { expiresAt: 1e15, refreshableUntil: 1e15, endsAt: 1e15, signed: false };

onEachStore('what is over, removed by many at once', () => {
  const clock = fakeClock();
  let db: StoreDatabase;
  let other: StoreDatabase;
  beforeEach(async () => {
    db = await openDatabase();
    await storeOver(db, clock);
    other = openBeside(db);
  });
  afterEach(() => other.destroy());
  const by = (i: number) => (i % 2 ? db : other);
  const inParts = async <T>(rows: readonly T[], put: (some: readonly T[]) => Promise<unknown>) => {
    for (let first = 0; first < rows.length; first += 500) await put(rows.slice(first, first + 500));
  };
  const all = <T>(make: (i: number) => Promise<T>) => Promise.all(Array.from({ length: few }, (_, i) => make(i)));

  it('keeps nobody from a new token, or from a claim', async () => {
    const over = Array.from({ length: many }, (_, i) => String(i));
    await inParts(over, (some) =>
      db
        .insertInto('tokens')
        .values(
          some.map((hash) => ({
            hash,
            conversation_id: hash,
            user_id: 'u',
            expires_at: 1,
            refreshable_until: 1,
            ends_at: 1,
          })),
        )
        .execute(),
    );
    await inParts(over, (some) =>
      db
        .insertInto('claims')
        .values(some.map((id) => ({ id, until: 1 })))
        .execute(),
    );
    await all((i) => createTokens(by(i), clock).add(`new ${i}`, { conversationId: `talk ${i}`, userId: 'u', ...ends }));
    assert.deepEqual(
      new Set(await all((i) => createTokens(by(i), clock).claimOnce(`new ${i}`, 1e15))),
      new Set([true]),
    );
    assert.deepEqual(
      new Set(await all((i) => createTokens(by(i + 1), clock).claimOnce(`new ${i}`, 1e15))),
      new Set([false]),
    );
  });

  it('keeps nobody from refreshing a token of one conversation at the same time', async () => {
    await all((i) => createTokens(by(i), clock).add(`new ${i}`, { conversationId: 'talk', userId: 'u', ...ends }));
    assert.ok((await createTokens(db, clock).withTokens(['u', 'gone'])).has('u'));
  });

  it('keeps nobody from a one-time secret, or from a session', async () => {
    const made = createOneTime(db, clock);
    await all((i) => made.add(`new ${i}`, { purpose: 'p', opens: 'o', until: 1e15 }));
    const agent = { id: 'a', name: 'A', email: null, roles: [] };
    await all((i) => createAgentSessions(by(i), clock).open(`new ${i}`, agent, 1e15));
  });
});
