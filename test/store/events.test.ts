import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { codeOf } from '../../src/domain/errors.ts';
import { createEvents } from '../../src/domain/events.ts';
import type { AgentAction, Store, TurnEffects } from '../../src/domain/ports.ts';
import type { Reply } from '../../src/domain/reply.ts';
import type { StoreDatabase } from '../../src/store/store-database.ts';
import { fileDelivery } from '../../src/store/tickets.ts';
import { ticketNumbered } from '../desks/tickets.ts';
import { fillDisk, onEachStore, openDatabase } from '../support/databases.ts';
import { nextEffects } from '../support/effects.ts';
import { fakeClock } from '../support/fakes.ts';
import { inbound, storeOver, written } from '../support/store.ts';

const ada = { id: 'ada', name: 'Ada' };
const says = (text: string): Reply => ({ kind: 'text', text, actions: [] });
const closed = { type: 'event', name: 'ticket-closed', ticket: 'LK-1', by: 'Ada', atDesk: false } as const;
const ticketChanged = ['ticket-changed', 'LK-1'];

onEachStore('what the store tells', () => {
  const clock = fakeClock();
  let db: StoreDatabase;
  let store: Store;
  /** Every event since it was last looked at, with what it told. */
  let told: unknown[][];
  const heard = () => told.splice(0);

  beforeEach(async () => {
    told = [];
    const events = createEvents();
    for (const name of ['activities-stored', 'turn-pending', 'ticket-changed'] as const)
      events.on(name, (...args: unknown[]) => void told.push([name, ...args]));
    db = await openDatabase();
    store = await storeOver(db, clock, { events, desk: 'zendesk', feeds: ['slack'] });
    await store.open({ id: 'talk', channel: 'x', userId: 'dl_1', subject: null, locale: 'en', shared: false });
  });
  afterEach(() => store.close());

  const fail = (event: string) => fillDisk(db, event);

  /** The effects of a turn that answers what waits. */
  const turn = (differs: Partial<TurnEffects>) => nextEffects(store, 'talk', differs);

  /** A ticket is opened in the talk; nobody looked at what was told of it. */
  async function openTicket(): Promise<void> {
    await store.receive('talk', written('help'));
    await store.commit(await turn({ ticket: ticketNumbered('LK-1', 'talk') }));
    heard();
  }

  describe('of what comes in', () => {
    it('is the activity, which is stored, and that it waits', async () => {
      for (const one of [written('hello'), inbound({ type: 'event', name: 'opened' }, 'start')]) {
        const { stored } = await store.receive('talk', one);
        assert.deepEqual(heard(), [
          ['activities-stored', 'talk', [stored]],
          ['turn-pending', 'talk', stored],
        ]);
      }
    });

    it('is nothing when it comes again, is for nobody, or cannot be stored', async () => {
      await store.receive('talk', written('hello'));
      heard();
      assert.equal((await store.receive('talk', written('hello'))).duplicate, true);
      await assert.rejects(
        store.receive('none', written('hello')),
        (error) => codeOf(error) === 'conversation-unknown',
      );
      await fail('insert on activities');
      await assert.rejects(store.receive('talk', written('more')), /disk full/);
      assert.deepEqual(heard(), []);
    });
  });

  describe('of a turn', () => {
    beforeEach(async () => {
      await store.receive('talk', written('hello'));
      heard();
    });

    it('is its replies, as they are stored, in order', async () => {
      await store.commit(await turn({ replies: [says('Hello.'), says('And?')] }));
      const stored = await store.activitiesAfter('talk', 1, 9);
      assert.deepEqual(
        stored.map((one) => one.type === 'reply' && [one.seq, one.reply.text]),
        [
          [2, 'Hello.'],
          [3, 'And?'],
        ],
      );
      assert.deepEqual(heard(), [['activities-stored', 'talk', stored]]);
    });

    it('is nothing where it says nothing', async () => {
      await store.commit(await turn({}));
      assert.deepEqual(heard(), []);
    });

    it('is the ticket that it opens, and what it says of it', async () => {
      await store.commit(await turn({ replies: [says('Your ticket')], ticket: ticketNumbered('LK-1', 'talk') }));
      const stored = await store.activitiesAfter('talk', 1, 9);
      assert.deepEqual(heard(), [['activities-stored', 'talk', stored], ticketChanged]);
    });

    it('is the ticket of which it says that it is solved, or not', async () => {
      for (const [i, solved] of [true, false].entries()) {
        if (i > 0) await store.receive('talk', written(`again ${i}`));
        heard();
        await store.commit(await turn({ resolution: { ticket: 'LK-1', solved } }));
        assert.deepEqual(heard(), [ticketChanged]);
      }
    });

    it('is nothing when it is refused, or cannot be stored, up to its last row', async () => {
      const all = await turn({
        replies: [says('Your ticket')],
        ticket: ticketNumbered('LK-1', 'talk'),
        feedback: {
          channel: 'direct-line',
          version: null,
          complaintNumber: 0,
          answered: true,
          reason: null,
          cause: null,
          article: null,
        },
        outcome: { complaintNumber: 0, outcome: 'handed-off', cause: null },
      });
      const busy = (error: unknown) => codeOf(error) === 'conversation-busy';
      await assert.rejects(store.commit({ ...all, version: all.version + 1 }), busy);
      await assert.rejects(store.commit({ ...all, answers: { ...all.answers, seq: 7 } }), busy);
      await fail('insert on outcomes');
      await assert.rejects(store.commit(all), /disk full/);
      await sql`drop table feedback`.execute(db);
      await assert.rejects(store.commit(all), (error) => codeOf(error) === 'feedback-not-stored');
      assert.deepEqual(heard(), []);
    });
  });

  describe('of what an agent does', () => {
    beforeEach(openTicket);
    let done = 0;
    const act = (differs: Partial<AgentAction>) =>
      store.ticketActions.act({
        ...{ ticket: 'LK-1', by: ada, action: 'note', id: `act ${(done += 1)}`, when: { states: ['waiting'] } },
        ...differs,
      });

    const inTalk = (...said: Reply[]) => ({ talks: [{ conversationId: 'talk', says: said }] });

    const askedInTalk = (...says: Reply[]) => ({ talks: [{ conversationId: 'talk', says, asks: closed }] });

    it('is the ticket', async () => {
      assert.equal(await act({ becomes: { state: 'claimed', holder: ada } }), 'now');
      assert.deepEqual(heard(), [ticketChanged]);
      assert.equal(await act({ when: { states: ['claimed'] }, note: 'a note' }), 'now');
      assert.deepEqual(heard(), [ticketChanged]);
    });

    it('is what is said to the customer, in order', async () => {
      await act(inTalk(says('Ada is here.'), { kind: 'person', name: 'Ada', text: 'Hi', actions: [] }));
      const stored = await store.activitiesAfter('talk', 1, 9);
      assert.equal(stored.length, 2);
      assert.deepEqual(heard(), [['activities-stored', 'talk', stored], ticketChanged]);
    });

    it('is what the bot is asked, which waits', async () => {
      await act(askedInTalk());
      const [asked] = await store.activitiesAfter('talk', 1, 9);
      assert.deepEqual(asked, { ...closed, seq: 2, at: clock.now(), author: null });
      assert.deepEqual(heard(), [['turn-pending', 'talk', asked], ticketChanged]);
      assert.deepEqual(await store.nextPending('talk'), { ...asked, attempts: 0 });
    });

    it('is all three, each once', async () => {
      await act({ becomes: { state: 'closed', holder: ada }, ...askedInTalk(says('Ada has gone.')) });
      const [said, asked] = await store.activitiesAfter('talk', 1, 9);
      assert.deepEqual(heard(), [
        ['activities-stored', 'talk', [said]],
        ['turn-pending', 'talk', asked],
        ticketChanged,
      ]);
    });

    it('is nothing when it was done before, is refused, or cannot be stored, up to its last row', async () => {
      const all = askedInTalk(says('Hi'));
      await act({ ...all, id: 'once' });
      heard();
      assert.equal(await act({ ...all, id: 'once' }), 'again');
      assert.equal(await act({ ...all, when: { states: ['closed'] } }), 'refused');
      assert.equal(await act({ ...all, ticket: 'LK-404' }), 'refused');
      await fail('insert on activities when new.attempts is not null');
      await assert.rejects(act(all), /disk full/);
      assert.deepEqual(heard(), []);
    });
  });

  describe('of what is brought to the desk', () => {
    beforeEach(openTicket);
    const claim = async () => {
      const [one] = await store.outbox.claimDue(Date.UTC(2030, 0), Date.UTC(2030, 0) + 1, 9);
      return one ?? assert.fail();
    };
    const dead = { at: clock.now(), reason: 'The desk answered 422.' };

    it('is the ticket that arrived, and that of a later message', async () => {
      await claim();
      assert.deepEqual(heard(), []);
      await store.outbox.delivered('LK-1', clock.now(), { id: '7', url: null });
      assert.deepEqual(heard(), [ticketChanged]);
      const message = {
        number: 'LK-1',
        seq: 1,
        question: null,
        conversationId: 'talk',
        desk: 'zendesk',
        at: clock.now(),
      };
      await db.transact(() => fileDelivery({ id: 'LK-1/1', ...message }));
      await store.outbox.delivered('LK-1/1', clock.now(), null);
      assert.deepEqual(heard(), [ticketChanged]);
    });

    it('is the ticket that was refused, and that is to be brought again', async () => {
      const { id, attempts } = await claim();
      await store.outbox.deadLetter(id, attempts, dead);
      assert.deepEqual(heard(), [ticketChanged]);
      assert.equal(await store.outbox.requeue('LK-1'), true);
      assert.deepEqual(heard(), [ticketChanged]);
    });

    it('is nothing where nothing changed, or it could not be stored', async () => {
      const { id, attempts } = await claim();
      await store.outbox.retryAt(id, attempts, 0);
      await store.outbox.deadLetter(id, attempts + 1, dead);
      await store.outbox.deadLetter('LK-404', 1, dead);
      assert.equal(await store.outbox.requeue('LK-1'), false);
      await store.outbox.delivered('LK-404', clock.now(), null);
      await fail('update on ticket_posts');
      await assert.rejects(store.outbox.delivered('LK-1', clock.now(), null), /disk full/);
      assert.deepEqual(heard(), []);
    });
  });
});
