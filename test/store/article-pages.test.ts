import assert from 'node:assert/strict';
import { onPage } from '../../src/domain/outcome.ts';
import type { Store } from '../../src/domain/ports.ts';
import type { StoreDatabase } from '../../src/store/store-database.ts';
import { onEachStore, openDatabase } from '../support/databases.ts';
import { fakeClock } from '../support/fakes.ts';
import { storeOver } from '../support/store.ts';

const dayMs = 86_400_000;
const from = Date.UTC(2026, 10, 24);
const to = Date.UTC(2026, 10, 26);

/** The databases have orders of their own for what has none. */
const inOrder = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).toSorted();

onEachStore('what readers leave on the pages of articles', () => {
  let [db, store]: [StoreDatabase | null, Store | null] = [null, null];
  beforeEach(async () => {
    db = await openDatabase();
    store = await storeOver(db, fakeClock(from));
  });
  afterEach(() => store?.close());

  it('tells what readers said below an article apart, the latest of each, and how often its page was opened', async () => {
    assert.ok(db && store);
    const rating = { channel: onPage, complaintNumber: 0, cause: null, article: 'seats', version: 'v1' };
    const { feedback: book, articleViews: views } = store;
    await book.give('page_1', { ...rating, answered: true, reason: null });
    await book.give('page_1', { ...rating, answered: false, reason: 'why-unclear' });
    await book.give('page_2', { ...rating, answered: true, reason: null });
    await book.give('talk', { ...rating, channel: 'slack', cause: 'no-seat', answered: true, reason: null });
    const day = from / dayMs;
    await views.add(day, new Map([['seats', 2]]));
    await views.add(
      day,
      new Map([
        ['seats', 3],
        ['access-denied', 1],
      ]),
    );
    await views.add(day - 1, new Map([['seats', 50]]));
    await views.add(to / dayMs, new Map([['seats', 70]]));
    await views.add(day, new Map());
    const counted = await store.figures.count({ from, to });
    assert.deepEqual(
      inOrder(counted.feedback),
      inOrder([
        { onPage: true, cause: null, article: 'seats', answered: false, count: 1 },
        { onPage: true, cause: null, article: 'seats', answered: true, count: 1 },
        { onPage: false, cause: 'no-seat', article: 'seats', answered: true, count: 1 },
      ]),
    );
    assert.deepEqual(counted.reasons, [
      { onPage: true, cause: null, article: 'seats', reason: 'why-unclear', count: 1 },
    ]);
    assert.deepEqual(
      inOrder(counted.articleViews),
      inOrder([
        { article: 'access-denied', count: 1 },
        { article: 'seats', count: 5 },
      ]),
    );
    const stored = await db
      .selectFrom('article_feedback')
      .select(['channel', 'version'])
      .where('channel', '=', onPage)
      .execute();
    assert.deepEqual({ ...stored[0] }, { channel: 'page', version: 'v1' });
  });

  it('keeps what is said of each answer of a talk: of a complaint’s cause, and of every article beside it', async () => {
    assert.ok(store);
    const of = { channel: 'teams', complaintNumber: 1, version: 'v1' };
    const give = (cause: string | null, article: string, answered: boolean, complaintNumber = 1) =>
      store?.feedback.give('talk', { ...of, complaintNumber, cause, article, answered, reason: null });
    await give('no-seat', 'seats', false);
    for (const answered of [true, false]) await give(null, 'invite', answered);
    await give(null, 'seats', true);
    await give(null, 'invite', true, 2);
    const { feedback } = await store.figures.count({ from, to });
    assert.deepEqual(
      inOrder(feedback),
      inOrder([
        { onPage: false, cause: 'no-seat', article: 'seats', answered: false, count: 1 },
        { onPage: false, cause: null, article: 'seats', answered: true, count: 1 },
        { onPage: false, cause: null, article: 'invite', answered: false, count: 1 },
        { onPage: false, cause: null, article: 'invite', answered: true, count: 1 },
      ]),
    );
  });
});
