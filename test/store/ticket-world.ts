import assert from 'node:assert/strict';
import { createDelivery } from '../../src/desks/deliver.ts';
import { createEvents } from '../../src/domain/events.ts';
import type { AgentAction, Desk, Store, TurnEffects } from '../../src/domain/ports.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { Forgotten, Place } from '../../src/domain/privacy.ts';
import type { WorkState } from '../../src/domain/ticket.ts';
import { ticketNumbered } from '../desks/tickets.ts';
import { openDatabase } from '../support/databases.ts';
import { nextEffects } from '../support/effects.ts';
import { countingRandom, fakeClock, keptLog } from '../support/fakes.ts';
import { storeOver, written } from '../support/store.ts';

export const ada = { id: 'ada', name: 'Ada' };
export const dayMs = 86_400_000;
const open = { channel: 'x', userId: 'dl_1', subject: null, locale: 'en', shared: false };

/** A store with the talk in which LK-1 was opened, and what its desk and whoever listens were told. */
export async function world(deskName = 'zendesk') {
  const clock = fakeClock();
  const told: string[] = [];
  const events = createEvents();
  events.on('ticket-changed', (number) => void told.push(number));
  const db = await openDatabase();
  const store = await storeOver(db, clock, { events, desk: deskName, feeds: ['slack'] });
  const brought: string[] = [];
  const takes = {
    name: deskName,
    take: ({ number, problem }) => {
      brought.push(`${number}: ${problem.words}`);
      return Promise.resolve(null);
    },
  } satisfies Omit<Desk, 'add'>;
  const desk: Desk = {
    ...takes,
    add: ({ ticket }, { text }) => Promise.resolve(void brought.push(`${ticket.number}: ${text}`)),
  };
  const log = keptLog();
  const deliver = createDelivery({ outbox: store.outbox, desk, clock, random: countingRandom(), log });
  let count = 0;
  /** A turn that answers what the customer writes; that it was written is not told. */
  async function turn(differs: Partial<TurnEffects>, words = 'x', talk = 'talk') {
    await store.open({ id: talk, ...open });
    const before = told.length;
    await store.receive(talk, written(words, `client:${(count += 1)}`));
    told.length = before;
    await store.commit(await nextEffects(store, talk, differs));
  }
  const act = (differs: Partial<AgentAction>) =>
    store.ticketActions.act({
      ...{ ticket: 'LK-1', by: ada, action: 'claim', id: `act ${(count += 1)}` },
      ...{ when: { states: ['waiting', 'sent', 'claimed', 'closed'] }, ...differs },
    });
  const stale = async () => (await store.ticketPosts.due('slack', 9)).map(({ filed }) => filed.ticket.number);
  await turn({ ticket: worded('first') });
  const showAll = async () => {
    for (const post of await store.ticketPosts.due('slack', 9)) await store.ticketPosts.shown(post, 'ref');
    told.length = 0;
  };
  await showAll();
  return { clock, db, store, told, brought, log, deliver, turn, act, stale, showAll };
}

/** A ticket about these words. */
export const worded = (words: string, talk = 'talk', number = 'LK-1') => {
  const ticket = ticketNumbered(number, talk);
  return { ...ticket, problem: { ...ticket.problem, words } };
};
/** A ticket that must be there. */
export const find = async (store: Store, number = 'LK-1') => (await store.tickets.find(number)) ?? assert.fail();

/** An agent brings the ticket into this state. */
export const becomes = (state: WorkState) => ({ becomes: { state, holder: ada, trueCause: 'no-seat' } });

/** Forgets everything that is older, part by part. */
export async function forgetAll(
  { store: { retention } }: Awaited<ReturnType<typeof world>>,
  kind: 'Tickets' | 'Conversations' | 'Screenshots',
  before: Instant,
) {
  let count = 0;
  for (let after: Place | null = null; ;) {
    const done: Forgotten = await retention[`forget${kind}`](before, after);
    count += done.count;
    if (done.next === null) return count;
    after = done.next;
  }
}
