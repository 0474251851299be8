import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createPresence } from '../../../src/channels/direct-line/presence.ts';
import { createEvents } from '../../../src/domain/events.ts';
import type { Random } from '../../../src/domain/ports.ts';
import { askForPerson, signIn } from '../../support/console.ts';
import { newPostgresDatabase, onEachStore, openBeside, openDatabase } from '../../support/databases.ts';
import { isBot } from '../../support/direct-line.ts';
import { fakeClock, keptLog } from '../../support/fakes.ts';
import { startTestProduct, type TestProduct } from '../../support/product.ts';
import { storeOver } from '../../support/store.ts';

const second = 1_000;
const random: Random = { id: (length) => randomBytes(length).toString('base64url').slice(0, length) };

onEachStore('who is there', () => {
  /** Two processes over one store, each with a presence of its own; `tell`: they hear each other. */
  async function two(tell: boolean) {
    const clock = fakeClock();
    const db = await openDatabase();
    const [ours, theirs] = [createEvents(), createEvents()];
    const store = await storeOver(db, clock, { events: ours });
    const other = await storeOver(openBeside(db), clock, { events: theirs });
    await store.open({ id: 'talk', channel: 'direct-line', userId: 'u', subject: null, locale: 'en', shared: false });
    await store.reading.begin('talk', null);
    const presence = (of: typeof store, events: typeof ours) =>
      createPresence({ reading: of.reading, events, clock, log: keptLog() });
    const [a, b] = [presence(store, ours), presence(other, theirs)];
    const state = { hears: true };
    const pass = (from: typeof ours, to: typeof ours) =>
      from.on('reading-changed', (id) => {
        // What is heard is not told again.
        if (!tell || !state.hears) return;
        state.hears = false;
        to.emit('reading-changed', id);
        state.hears = true;
      });
    pass(ours, theirs);
    pass(theirs, ours);
    const isHere = async () => ((await store.reading.find('talk'))?.hereUntil ?? 0) > clock.now();
    const idle = () => Promise.all([a.idle(), b.idle()]);
    return { clock, a, b, isHere, idle, close: () => (db.isShared ? other.close() : Promise.resolve()) };
  }

  it('is whoever has a stream open, for as long as it is', async () => {
    const { clock, a, isHere, idle, close } = await two(false);
    assert.equal(await isHere(), false);
    const leave = a.enter('talk');
    const leaveOther = a.enter('talk');
    await idle();
    for (let i = 0; i < 10; i += 1) {
      assert.equal(await isHere(), true, String(i));
      clock.forward(20 * second);
      await a.run();
    }
    leave();
    await idle();
    assert.equal(await isHere(), true, 'another tab');
    leaveOther();
    await idle();
    assert.equal(await isHere(), false);
    await close();
  });

  it('is nobody whose process was killed, three quarters of a minute later', async () => {
    const { clock, a, isHere, idle, close } = await two(false);
    a.enter('talk');
    await idle();
    clock.forward(45 * second - 1);
    assert.equal(await isHere(), true);
    clock.forward(1);
    assert.equal(await isHere(), false);
    await close();
  });

  for (const tell of [true, false])
    it(`is whoever left one process and has a stream at another, ${tell ? 'at once' : 'soon, where they cannot hear'}`, async () => {
      const { clock, a, b, isHere, idle, close } = await two(tell);
      const leave = a.enter('talk');
      b.enter('talk');
      await idle();
      clock.forward(second);
      leave();
      for (let i = 0; i < 3; i += 1) await idle();
      if (!tell) {
        clock.forward(20 * second);
        await b.run();
      }
      while (!(await isHere())) await idle();
      await close();
    });
});

describe('an agent and a customer at two processes', () => {
  let [a, b]: TestProduct[] = [];
  let drop: () => Promise<void>;
  const clock = fakeClock();
  before(async () => {
    const made = await newPostgresDatabase();
    ({ drop } = made);
    [a, b] = await Promise.all(
      [0, 1].map(() => startTestProduct({ clock, random, database: made.url, log: keptLog() })),
    );
  });
  after(async () => {
    await Promise.all([a?.stop(), b?.stop()]);
    await drop();
  });
  const at = (product: TestProduct | undefined) => product ?? assert.fail();

  it('see each other come, write, read and go', async () => {
    const { chat, stream, ticket } = await askForPerson(at(a).url);
    const agent = await signIn(at(b).url);
    await agent.act(ticket, 'claim', { from: null });
    const live = await agent.stream();
    live.watch(ticket);
    const presence = (fits: (told: { here: boolean; leftAt: string | null; seen: number }) => boolean) =>
      live.until((one) => one.presence !== undefined && fits(one.presence as never));
    await presence(({ here }) => here);
    assert.equal((await chat.call('POST', '/activities', { type: 'typing' })).status, 200);
    await live.until((one) => one.typing === true && one.ticket === ticket);
    live.send('{"typing":true}');
    const typing = await stream.until(({ type }) => type === 'typing');
    assert.ok(isBot(typing));
    assert.deepEqual(
      await at(a).db.selectFrom('activities').select('seq').where('activity', 'like', '%typing%').execute(),
      [],
    );
    const before = await at(a).store.lastSeq(chat.id);
    await agent.act(ticket, 'reply', { id: 'one', text: 'Here I am.' });
    await stream.until(({ text }) => text === 'Here I am.');
    await chat.call('POST', '/seen', { watermark: stream.watermark() });
    await presence(({ seen }) => seen > before);
    await stream.close();
    const left = await presence(({ here, leftAt }) => !here && leftAt !== null);
    assert.equal((left.presence as { leftAt: string }).leftAt, new Date(clock.now()).toISOString());
    live.close();
  });

  it('are not told that somebody types who has not the ticket', async () => {
    const { stream, ticket } = await askForPerson(at(a).url, 'no-seat');
    const [holder, other] = [await signIn(at(a).url), await signIn(at(a).url)];
    await holder.act(ticket, 'claim', { from: null });
    const [theirs, live] = [await other.stream(), await holder.stream()];
    theirs.watch(ticket);
    await theirs.until((one) => one.presence !== undefined);
    theirs.send('{"typing":true}');
    live.watch(ticket);
    await live.until((one) => one.presence !== undefined);
    await holder.act(ticket, 'reply', { id: 'two', text: 'Mine.' });
    await stream.until(({ text }) => text === 'Mine.');
    assert.ok(!stream.activities.some(({ type }) => type === 'typing'));
    live.send('{"typing":true}');
    await stream.until(({ type }) => type === 'typing');
    for (const socket of [theirs, live]) socket.close();
    await stream.close();
  });
});
