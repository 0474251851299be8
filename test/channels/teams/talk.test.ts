import assert from 'node:assert/strict';
import type { SubjectFields } from '../../../src/domain/subject.ts';
import type { Wire } from '../../../src/channels/wire.ts';
import { customerNamed } from '../../support/customers.ts';
import { textOf, written } from '../../support/store.ts';
import { appId, person, tenant } from './far-end.ts';
import { executesIn, startSite, wordsOf, type Site } from './site.ts';

const channel = { conversationType: 'channel', tenantId: tenant, id: '19:general@thread.tacv2;messageid=17' };
const complaint = 'I get access denied when I try to export';
const ten = <T>(make: () => Promise<T>) => Promise.all(Array.from({ length: 10 }, make));

describe('a talk in Teams', () => {
  let site: Site;
  let count = 0;
  beforeEach(async () => {
    site = await startSite();
  });
  afterEach(() => site.close());

  async function says(text: string, over: Wire = {}): Promise<string[]> {
    const before = site.told().length;
    count += 1;
    assert.equal((await site.deliver({ text, id: `m${count}`, ...over })).status, 200);
    await site.quiet();
    return site.told().slice(before);
  }
  /** Links this person to an account, as a code from the chat on the site does. */
  async function link(): Promise<void> {
    const { store } = site.world;
    const { person: proved } = customerNamed('over-limit') ?? assert.fail();
    const subject: SubjectFields = { ...proved, verifiedBy: 'signed-identity' };
    await store.open({ id: 'web', channel: 'direct-line', userId: 'u', subject, locale: 'en', shared: false });
    await store.receive('web', written('connect Teams'));
    await site.quiet();
    const all = await store.activitiesAfter('web', 0, 100);
    await says(/LINK-[0-9A-Z]{10}/.exec(JSON.stringify(all))?.[0] ?? assert.fail());
  }
  /** The buttons of the newest message that has some. */
  function buttons(): { seq: number; labels: string[] } {
    const [{ body } = assert.fail()] = site.microsoft
      .sent()
      .filter((one) => executesIn(one.body).length > 0)
      .slice(-1);
    const data = executesIn(body);
    return { seq: data[0]?.seq ?? 0, labels: data.map(({ label }) => label) };
  }
  const press = (label: string, seq: number, over: Wire = {}) =>
    site.deliver({
      ...{ type: 'invoke', name: 'adaptiveCard/action', id: `f:${label}`, text: undefined },
      value: { action: { type: 'Action.Execute', verb: 'choose', data: { seq, label } } },
      ...over,
    });
  const saidBy = async (place?: string) =>
    (await site.stored(place)).filter(({ type }) => type === 'message').map(textOf);

  it('looks at the account once a code told whose it is, shows the verdict, and takes the pressed button', async () => {
    assert.match((await says(complaint)).join(' '), /which account is yours/);
    await link();
    assert.match(site.told().join(' '), /used/);
    const { seq, labels } = buttons();
    const [label = assert.fail()] = labels;
    const { status, body } = await press(label, seq);
    assert.equal(status, 200);
    assert.equal(body.type, 'application/vnd.microsoft.card.adaptive');
    assert.match(wordsOf(body), new RegExp(`You chose “${label}”`));
    assert.deepEqual(executesIn(body), []);
    await site.quiet();
    const updated = site.microsoft.asked.filter(({ method }) => method === 'PUT').at(-1)?.body;
    assert.match(wordsOf(updated), new RegExp(`You chose “${label}”`));
    assert.ok(site.microsoft.asked.some(({ body }) => body.type === 'typing'));
  });

  it('counts the first button that is pressed, and no other one after it', async () => {
    await says(complaint);
    await link();
    const { seq, labels } = buttons();
    const [one = assert.fail(), two = assert.fail()] = labels;
    const answers = await Promise.all(
      [...Array<string>(5).fill(one), ...Array<string>(5).fill(two)].map((label) => press(label, seq)),
    );
    await site.quiet();
    const counted = (await saidBy()).filter((text) => labels.includes(text));
    assert.equal(counted.length, 1);
    for (const { body } of answers) assert.match(wordsOf(body), new RegExp(`You chose “${String(counted[0])}”`));
    assert.match(wordsOf((await press(two, seq)).body), new RegExp(`You chose “${String(counted[0])}”`));
  });

  it('refuses buttons that were never sent', async () => {
    await says(complaint);
    await link();
    const { seq, labels } = buttons();
    for (const [label, of] of [
      ['Delete everything', seq],
      [labels[0] ?? '', 1],
      [labels[0] ?? '', 99_999],
    ] as const)
      assert.equal((await press(label, of)).body.type, 'application/vnd.microsoft.error');
    const place = { conversationType: 'personal', tenantId: tenant, id: 'a:other' };
    assert.equal((await press(labels[0] ?? '', seq, { conversation: place })).body.statusCode, 400);
    assert.deepEqual(await site.refused(), Array(4).fill('button-unknown'));
    assert.deepEqual(await saidBy('a:other'), []);
    const odd = { type: 'invoke', name: 'adaptiveCard/action', value: { action: { data: 1 } } };
    assert.equal((await site.deliver(odd)).body.statusCode, 400);
    assert.equal((await site.deliver({ type: 'invoke', name: 'task/fetch' })).status, 501);
    assert.equal((await site.deliver({ type: 'invoke', name: 'message/submitAction' })).status, 501);
  });

  it('tells nothing of an account in a channel, and answers there in the thread', async () => {
    await says(complaint);
    await link();
    await says(`<at>Latchkey</at> ${complaint}`, {
      conversation: channel,
      entities: [{ type: 'mention', text: '<at>Latchkey</at>', mentioned: { id: `28:${appId}` } }],
    });
    const there = site.microsoft.sent().filter(({ path }) => path === `/v3/conversations/${channel.id}/activities`);
    assert.match(JSON.stringify(there), /You’ll find my answer in our private chat/);
    assert.doesNotMatch(JSON.stringify(there), /500,000/);
  });

  it('welcomes once', async () => {
    const added = { type: 'conversationUpdate', membersAdded: [{ id: `28:${appId}` }] };
    await ten(() => site.deliver({ type: 'installationUpdate', action: 'add', id: 'f:1' }));
    await ten(() => site.deliver({ ...added, id: 'f:2' }));
    await site.quiet();
    assert.equal(site.told().length, 1);
    assert.match(site.told()[0] ?? '', /automated assistant/);
  });

  for (const [name, over] of [
    ['a message', { text: 'how do I get an API key?' }],
    [
      'an edit',
      {
        type: 'messageUpdate',
        text: 'how do I get an API key?',
        channelData: { tenant: { id: tenant }, eventType: 'editMessage' },
      },
    ],
    [
      'a deletion',
      {
        type: 'messageDelete',
        text: undefined,
        channelData: { tenant: { id: tenant }, eventType: 'softDeleteMessage' },
      },
    ],
    ['a reaction', { type: 'messageReaction', text: undefined }],
  ] as const)
    it(`has one effect of ${name} that comes ten times at once`, async () => {
      await says('hello', { id: 'first' });
      await site.deliver({ ...over, id: 'first' });
      await site.quiet();
      const once = [site.told(), await site.stored()];
      const again = await ten(() => site.deliver({ ...over, id: 'first' }));
      await site.quiet();
      assert.deepEqual([site.told(), await site.stored()], once);
      assert.ok(again.every(({ status }) => status === 200));

      const fresh = { ...over, id: 'second', timestamp: '2026-11-22T11:00:00.000Z' };
      const place = { conversationType: 'personal', tenantId: tenant, id: 'a:fresh' };
      await ten(() => site.deliver({ ...fresh, conversation: place }));
      await site.quiet();
      assert.ok((await saidBy('a:fresh')).length <= 1);
    });

  it('greets once however Teams tells of the installation, and again who installed it anew after a talk', async () => {
    const installed = (id: string) => ({ type: 'installationUpdate', action: 'add', id, text: undefined });
    const greetings = () => site.told().filter((text) => text.includes('automated assistant')).length;
    await site.deliver({
      type: 'conversationUpdate',
      membersAdded: [{ id: `28:${appId}` }],
      id: 'f:1',
      text: undefined,
    });
    await site.deliver(installed('f:2'));
    await site.deliver(installed('f:2'));
    await site.quiet();
    assert.equal(greetings(), 1);
    await says('what can you do?');
    await site.deliver(installed('f:3'));
    await site.quiet();
    assert.equal(greetings(), 2);
  });

  it('takes corrected words as said anew, and keeps the old ones no longer', async () => {
    await says('how do I get an API kex?', { id: 'one' });
    const edited = { type: 'messageUpdate', channelData: { tenant: { id: tenant }, eventType: 'editMessage' } };
    const answer = await says('how do I get an API key?', {
      ...edited,
      id: 'one',
      timestamp: '2026-11-22T10:13:00.000Z',
    });
    assert.match(answer.join(' '), /API key/);
    assert.deepEqual(await saidBy(), ['', 'how do I get an API key?']);
    await says('how do I make an API key?', { ...edited, id: 'one', timestamp: '2026-11-22T10:14:00.000Z' });
    assert.deepEqual(await saidBy(), ['', '', 'how do I make an API key?']);
  });

  it('keeps nothing of a message that was deleted, whenever it comes', async () => {
    const gone = {
      type: 'messageDelete',
      text: undefined,
      channelData: { tenant: { id: tenant }, eventType: 'softDeleteMessage' },
    };
    await says('my cat is called Miezi', { id: 'one' });
    await site.deliver({ ...gone, id: 'one' });
    await site.deliver({ ...gone, id: 'late' });
    await says('my dog is called Bello', { id: 'late' });
    await site.quiet();
    assert.doesNotMatch(JSON.stringify(await site.stored()), /Miezi|Bello/);
  });

  it('brings what an agent writes later, and says who it is', async () => {
    await says(complaint);
    await link();
    assert.match((await says('Talk to a person')).join(' '), /LK-/);
    await site.world.agent('claims');
    await site.world.agent('says: I raised your limit.');
    await site.quiet();
    assert.equal(site.told().at(-1), '**Ana Lopez** · a person\nI raised your limit.');
  });

  it('tells somebody of no organisation once that it cannot talk with them', async () => {
    const from = { id: '29:anonymous' };
    await ten(() => site.deliver({ from }));
    for (let i = 0; i < 100 && site.told().length === 0; i += 1) await new Promise((go) => setTimeout(go, 20));
    await site.deliver({ from, id: 'again' });
    assert.deepEqual(site.told(), ['I can only talk with people who are signed in to their organisation.']);
    assert.deepEqual(await site.stored(), []);
    assert.deepEqual(await site.refused(), Array(11).fill('stranger'));
  });

  it('is one person in each tenant', async () => {
    await says(complaint);
    await link();
    assert.ok(await site.world.store.links.find(`teams|${tenant}|${person}`));
    const other = '00000000-0000-4000-8000-0000000000aa';
    const place = { conversationType: 'personal', tenantId: tenant, id: 'a:two' };
    const answer = await says(complaint, { from: { id: '29:other', aadObjectId: other }, conversation: place });
    assert.match(answer.join(' '), /which account is yours/);
  });
});
