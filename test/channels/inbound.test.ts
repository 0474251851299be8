import assert from 'node:assert/strict';
import { conversationIdOf, createInbound, type ChannelEvent, type ReceiveInbound } from '../../src/channels/inbound.ts';
import { createFindRatedAnswer } from '../../src/channels/rated-answers.ts';
import type { SubjectFields } from '../../src/domain/subject.ts';
import { textOf, written } from '../support/store.ts';
import { createWorld, type World } from '../support/world.ts';

const ada: SubjectFields = { accountId: 'acct_42', userId: 'usr_7', verifiedBy: 'signed-identity', name: 'Ada' };
const said = (text: string, over: Partial<ChannelEvent> = {}): ChannelEvent => ({
  ...{ channel: 'slack', eventId: `Ev ${text}`, place: 'T1|D1', shared: false, user: 'slack|T1|U1' },
  ...{ locale: 'en', to: { channel: 'D1' }, message: { text, files: 0 }, ...over },
});

describe('what comes in from a channel', () => {
  let world: World;
  let receive: ReceiveInbound;
  const talk = (place = 'T1|D1') => conversationIdOf('slack', place);
  beforeEach(async () => {
    world = await createWorld('nobody');
    const { store } = world;
    const { addresses, links } = store;
    receive = createInbound({ conversations: store, addresses, links, limits: store.limits, messagesPer10s: 1e6 });
  });
  afterEach(() => world.close());

  /** What the bot said in a conversation, once it is quiet. */
  async function told(place?: string): Promise<string[]> {
    await world.turns.idle();
    const all = await world.store.activitiesAfter(talk(place), 0, 100);
    return all.filter(({ type }) => type === 'reply').map(textOf);
  }
  /** A code as the chat on the site gives it. */
  async function codeFor(subject: SubjectFields): Promise<string> {
    const place = `web ${subject.accountId} ${subject.userId}`;
    await world.store.open({ id: place, channel: 'direct-line', userId: 'u', subject, locale: 'en', shared: false });
    await world.store.receive(place, written('connect Slack'));
    await world.turns.answer(place);
    const all = await world.store.activitiesAfter(place, 0, 100);
    return /LINK-[0-9A-Z]{10}/.exec(JSON.stringify(all))?.[0] ?? assert.fail(JSON.stringify(all));
  }

  it('takes an event that comes ten times at once only once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => receive(said('hello'))));
    assert.equal((await told()).filter((text) => text.startsWith('Hi! What')).length, 1);
  });

  it('takes no more from one person than anybody types, and from others all the same', async () => {
    const { store } = world;
    const { addresses, links } = store;
    const few = createInbound({ conversations: store, addresses, links, limits: store.limits, messagesPer10s: 2 });
    for (const eventId of ['1', '2']) await few(said('hello', { eventId }));
    await assert.rejects(few(said('hello', { eventId: '3' })), { code: 'too-many-requests' });
    await few(said('hello', { eventId: '4', user: 'slack|T1|U2' }));
  });

  it('takes what is said of an answer once, whether it comes ten times at once or again in other events', async () => {
    await receive(said('how do I get an API key?'));
    await world.turns.idle();
    const found = await createFindRatedAnswer(world.store)(talk(), null);
    const rate = (eventId: string, answered: boolean) =>
      receive(
        said('', {
          eventId,
          message: null,
          rated: { of: found?.of ?? assert.fail(), answered, reason: null, asking: false },
        }),
      );
    await Promise.all(Array.from({ length: 10 }, () => rate('a press', true)));
    await Promise.all(Array.from({ length: 10 }, (_, i) => rate(`press ${i}`, true)));
    assert.equal((await told()).filter((text) => text === 'Thanks for the feedback').length, 1);
    world.clock.forward(3_600_000);
    await rate('an hour later', false);
    await told();
    const kept = await world.db.selectFrom('article_feedback').select(['answered', 'article', 'channel']).execute();
    assert.deepEqual(
      kept.map((one) => ({ ...one })),
      [{ answered: 0, article: 'get-an-api-key', channel: 'slack' }],
    );
  });

  it('asks whose account it is before it looks, and looks as soon as a code tells', async () => {
    await receive(said('I get access denied when I try to export'));
    assert.match((await told()).at(-1) ?? '', /which account is yours/);
    const code = await codeFor(ada);
    await Promise.all(Array.from({ length: 10 }, () => receive(said(code.toLowerCase()))));
    const after = await told();
    assert.equal(after.filter((text) => text.includes('You’re connected: from now on')).length, 1);
    assert.ok(!JSON.stringify(await world.store.activitiesAfter(talk(), 0, 100)).includes(code.toLowerCase()));
    assert.deepEqual((await world.store.load(talk()))?.subject, { ...ada, verifiedBy: 'linked-chat' });
    assert.match(after.join(' '), /Export|account/);
  });

  it('takes a code once, in ten minutes, and after five guesses none for a while', async () => {
    const [used, late] = [await codeFor(ada), await codeFor({ ...ada, userId: 'usr_8' })];
    await receive(said(used));
    await receive(said(used, { user: 'slack|T1|U2', place: 'T1|D2', eventId: 'again' }));
    assert.match((await told('T1|D2')).at(-1) ?? '', /wrong, was used, or is too old/);
    world.clock.forward(600_001);
    await receive(said(late, { user: 'slack|T1|U3', place: 'T1|D3' }));
    assert.equal(await world.store.links.find('slack|T1|U3'), null);
    for (let i = 0; i < 5; i += 1)
      await receive(said(`LINK-000000000${i}`, { user: 'slack|T1|U4', place: 'T1|D4', eventId: `guess ${i}` }));
    await receive(said(await codeFor({ ...ada, userId: 'usr_9' }), { user: 'slack|T1|U4', place: 'T1|D4' }));
    assert.equal(await world.store.links.find('slack|T1|U4'), null);
  });

  it('tells nothing of an account where others read along, whoever writes', async () => {
    await receive(said(await codeFor(ada)));
    const shared = { place: 'T1|C1', shared: true };
    await receive(said('I get access denied when I try to export', { ...shared, eventId: 'one' }));
    await receive(said('how much have I used?', { ...shared, eventId: 'two' }));
    await receive(said('how do I get an API key?', { ...shared, eventId: 'three' }));
    const texts = await told('T1|C1');
    assert.equal(texts.filter((text) => text.startsWith('I don’t look into accounts')).length, 2);
    assert.ok(texts.some((text) => text.includes('API key')));
    assert.equal((await world.store.load(talk('T1|C1')))?.subject, null);
  });

  it('makes a code void that was sent where others read along', async () => {
    const code = await codeFor(ada);
    await receive(said(code, { place: 'T1|C1', shared: true }));
    assert.match((await told('T1|C1')).at(-1) ?? '', /that code is void now/);
    await receive(said(code, { user: 'slack|T1|U9', place: 'T1|D9', eventId: 'theirs' }));
    assert.equal(await world.store.links.find('slack|T1|U9'), null);
  });

  it('keeps the beginning of a message that is too long, not within a character and no secret in it, and says so', async () => {
    const card = '4111 1111 1111 1111';
    // The card begins before the cut and ends behind it.
    await receive(said(`I get access denied ${'a'.repeat(3_970)} ${card} ${'b'.repeat(9_000)}`));
    const bot = (await told()).join(' ');
    const [stored = assert.fail()] = await world.store.activitiesAfter(talk(), 0, 1);
    assert.match(textOf(stored), /^I get access denied a+ /);
    assert.doesNotMatch(textOf(stored), /4111/);
    await receive(said(`${'a'.repeat(3_999)}😀`, { place: 'T1|D2' }));
    const [other = assert.fail()] = await world.store.activitiesAfter(talk('T1|D2'), 0, 1);
    assert.equal(textOf(other), 'a'.repeat(3_999));
    assert.ok(textOf(stored).length <= 4_000);
    assert.match(bot, /card number[^]*I read only its beginning/);
  });

  it('begins anew for somebody who proves to be another', async () => {
    await receive(said(await codeFor(ada)));
    await receive(said('I get access denied when I try to export', { eventId: 'first' }));
    await told();
    await receive(said(await codeFor({ ...ada, accountId: 'acct_43', name: 'Ben' }), { eventId: 'other' }));
    await told();
    const { state } = (await world.store.load(talk())) ?? assert.fail();
    assert.ok(!String(state).includes('export'));
  });
});
