import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Activity } from '../../src/domain/activity.ts';
import { migrations } from '../../src/store/migrations/index.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { StoreDatabase } from '../../src/store/store-database.ts';
import { openSqlite } from '../../src/store/sqlite/index.ts';

/** A database whose last migration was 005, with the tables of then and nothing in them. */
export async function openEarlier(): Promise<StoreDatabase> {
  const db = openSqlite(':memory:');
  await migrateBefore(db, '006');
  return db;
}

/** Makes the tables as they were before this migration. */
export async function migrateBefore(db: StoreDatabase, first: string): Promise<void> {
  const earlier = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < first));
  const provider = { getMigrations: () => Promise.resolve(earlier) };
  const { error, results = [] } = await new Migrator({ db, provider }).migrateToLatest();
  assert.deepEqual([error, results.length], [undefined, Object.keys(earlier).length]);
}

type Row = Readonly<Record<string, string | number | null>>;

/** Writes a row of then, by the names that its columns had. */
export async function put(db: StoreDatabase, table: string, row: Row): Promise<void> {
  const columns = sql.join(Object.keys(row).map((name) => sql.ref(name)));
  await sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(Object.values(row))})`.execute(db);
}

/** Writes a conversation of then with these activities. */
export async function putTalk(db: StoreDatabase, id: string, activities: readonly object[], differs: Row = {}) {
  await put(db, 'conversations', {
    ...{ id, channel: 'direct-line', user_id: 'dl_1', subject: null, locale: 'en', state: null, version: 3 },
    ...{ last_seq: activities.length, answering: null, shared: 0, ...differs },
  });
  for (const [i, activity] of activities.entries())
    await put(db, 'activities', {
      ...{ conversation_id: id, seq: i + 1, client_id: null, attempts: null },
      activity: JSON.stringify(activity),
    });
}

/** Writes a ticket of then, with its work and its delivery. */
export async function putTicket(db: StoreDatabase, ticket: Ticket): Promise<void> {
  const { number, conversationId: conversation_id, openedAt } = ticket;
  await put(db, 'tickets', { number, conversation_id, opened_at: openedAt, body: JSON.stringify(ticket) });
  const work = { number, conversation_id, state: 'waiting', since: openedAt, priority: 1 };
  await put(db, 'work', work);
  const times = { attempts: 0, next_at: 0, leased_until: 0, delivered_at: 1, place: 1 };
  await put(db, 'outbox', { id: number, number, desk: 'built-in', conversation_id, ...times });
}

export const noon = Date.UTC(2026, 10, 22, 12);
const time = (seconds: number) => new Date(noon + seconds * 1_000).toISOString();

/** What a customer had written, as it was stored. */
const wrote = (seconds: number, text: string, differs: object = {}) => ({
  ...{ type: 'message', text, textFormat: 'plain', from: { id: 'dl_1', role: 'user' }, timestamp: time(seconds) },
  ...differs,
});

/** What we had said, drawn for Direct Line as it was stored. */
const said = (seconds: number, text: string, latchkey: object, ...labels: string[]) => ({
  type: 'message',
  from: { id: 'latchkey', name: 'Latchkey', role: 'bot' },
  ...{ text, textFormat: 'markdown', timestamp: time(seconds), inputHint: 'acceptingInput' },
  ...(labels.length > 0 && {
    suggestedActions: { actions: labels.map((label) => ({ type: 'imBack', title: label, value: label })) },
  }),
  channelData: { latchkey },
});

const finding = { cause: 'no-seat', status: 'proved', source: 'account-api', fact: 'There is none.' } as const;
const told = { ...finding, readAt: '2026-11-22T11:59:00.000Z' };
const article = { slug: 'seats', title: 'Seats', url: 'https://help.test/articles/seats' };
const lena = { from: { id: 'person', name: 'Lena', role: 'bot' } };

/** A row of then, and what it says: whose it is, when (in seconds after noon, null: no row told), and what. */
export interface Kept {
  readonly then: object;
  readonly author: string | null;
  readonly seconds: number | null;
  readonly is: Activity;
}
const customers = (seconds: number | null, then: object, is: Activity): Kept => ({ then, author: 'dl_1', seconds, is });
const ours = (seconds: number | null, then: object, is: Activity): Kept => ({ then, author: null, seconds, is });

/** Every kind of activity that there was. The buttons of a reply did not say what they mean. */
export const everyKind: readonly Kept[] = [
  customers(null, { type: 'conversationUpdate' }, { type: 'event', name: 'opened' }),
  customers(1, wrote(1, 'hello'), { type: 'message', text: 'hello' }),
  customers(
    2,
    wrote(2, 'my card is [card number removed]…', {
      ...{ files: 2, removed: ['card-number', 'iban'], cut: true },
      channelData: { clientActivityID: 'c-2' },
    }),
    {
      ...{ type: 'message', text: 'my card is [card number removed]…', files: 2, removed: ['card-number', 'iban'] },
      ...{ cut: true, clientActivityId: 'c-2' },
    },
  ),
  customers(3, wrote(3, '', { deleted: true }), { type: 'message', text: '', deleted: true }),
  {
    ...customers(4, wrote(4, 'hi', { from: { id: 'slack|T1|U2', role: 'user' } }), { type: 'message', text: 'hi' }),
    author: 'slack|T1|U2',
  },
  ours(5, said(5, 'Which one?', { kind: 'choice' }, 'Export', 'Not sure'), {
    type: 'reply',
    reply: {
      ...{ kind: 'choice', text: 'Which one?' },
      actions: [
        { label: 'Export', means: '' },
        { label: 'Not sure', means: '' },
      ],
    },
  }),
  ours(6, said(6, 'Hello.', { kind: 'text' }), {
    type: 'reply',
    reply: { kind: 'text', text: 'Hello.', actions: [] },
  }),
  ours(7, said(7, 'You have no seat.', { kind: 'verdict', verdict: [told] }), {
    type: 'reply',
    reply: { kind: 'verdict', text: 'You have no seat.', findings: [told], actions: [] },
  }),
  ours(8, said(8, '1. Ask', { kind: 'steps', article }, 'Check again'), {
    type: 'reply',
    reply: { kind: 'steps', text: '1. Ask', article, actions: [{ label: 'Check again', means: '' }] },
  }),
  ours(9, said(9, 'Your ticket is LK-1.', { kind: 'ticket', ticket: 'LK-1' }), {
    type: 'reply',
    reply: { kind: 'ticket', text: 'Your ticket is LK-1.', ticket: 'LK-1', actions: [] },
  }),
  ours(10, said(10, 'Did it help?', { kind: 'feedback' }, 'Yes'), {
    type: 'reply',
    reply: { kind: 'feedback', text: 'Did it help?', actions: [{ label: 'Yes', means: '' }] },
  }),
  ours(11, said(11, 'Lena is here.', { kind: 'person-joined', person: 'Lena' }), {
    type: 'reply',
    reply: { kind: 'person-joined', text: 'Lena is here.', name: 'Lena', actions: [] },
  }),
  ours(
    12,
    { ...said(12, 'I look.', { kind: 'person', person: 'Lena' }), ...lena },
    {
      type: 'reply',
      reply: { kind: 'person', text: 'I look.', name: 'Lena', actions: [] },
    },
  ),
  ours(13, said(13, 'Lena has gone.', { kind: 'person-left', person: 'Lena' }), {
    type: 'reply',
    reply: { kind: 'person-left', text: 'Lena has gone.', name: 'Lena', actions: [] },
  }),
  customers(null, { type: 'event', name: 'linked' }, { type: 'event', name: 'linked' }),
  customers(null, { type: 'event', name: 'code-wrong' }, { type: 'event', name: 'code-wrong' }),
  customers(null, { type: 'event', name: 'code-shared' }, { type: 'event', name: 'code-shared' }),
  ours(
    null,
    { type: 'event', name: 'ticket-closed', value: { ticket: 'LK-1', by: 'Lena', atDesk: true } },
    { type: 'event', name: 'ticket-closed', ticket: 'LK-1', by: 'Lena', atDesk: true },
  ),
  customers(20, wrote(20, 'and now?'), { type: 'message', text: 'and now?' }),
];

const read = (value: unknown) => ({ known: true, value, source: 'account-api', readAt: noon });
const unread = { known: false, why: 'not-told', source: 'account-api', readAt: noon };
const lead = {
  ...{ cause: 'monthly-limit', status: 'proved', as: 'always', source: 'account-api', readAt: noon },
  facts: { used: 500_000, limit: 500_000, meter: { meter: 'tokens' }, resetsAt: { at: noon } },
};
const warning = { ...lead, cause: 'payment-lapsed', status: 'ruled-out', as: 'past_due', facts: {} };

/** What version 3 remembered in the middle of a complaint. */
export const memoryThen = {
  ...{ greeted: true, episode: 2, misses: 1, tickets: [{ number: 'LK-1', at: noon }], language: null },
  offered: [{ label: 'Yes', means: 'yes' }],
  complaint: {
    ...{ words: 'I get access denied when I try to export', feature: 'export', at: noon },
    ...{ errorCode: null, requestId: 'req_1', time: null },
  },
  snapshot: {
    ...{
      at: noon,
      identity: { ...read('verified'), source: 'identity' },
      incidents: read([]),
      membership: read('member'),
    },
    ...{ session: unread, elsewhere: read(['reports']), accountName: read('Acme'), accountStatus: read('active') },
    ...{ role: read('member'), roleChangedAt: unread, seat: read('assigned'), seats: unread, plan: read('starter') },
    ...{ subscription: read('past_due'), trialEndsAt: read(null), planChangedAt: unread, entitlements: read([]) },
    ...{ quotas: unread, rates: unread, credits: unread },
  },
  verdict: { feature: 'export', findings: [lead, warning], lead },
  steps: [{ article: 'access-denied', step: 'check-usage-limits', tried: true, observed: 'The limit is reached.' }],
  feedback: { answered: false, reason: 'why-steps' },
  answers: [{ question: 'What changed?', answer: 'Nothing' }],
  ...{ ticket: null, outcome: 'assumed' },
};

/** A dialog as it waited then. */
export const waitingThen = (id: string, at: string, saved: object, then: string | null = null) => ({
  ...{ id, state: { at, then, actions: [{ label: 'Yes', means: 'yes' }], question: null, saved } },
});

/** The whole state of then, as it was stored. */
export const stateThen = (stack: readonly object[], memory: object = memoryThen) =>
  JSON.stringify({ v: 3, stack, memory });
