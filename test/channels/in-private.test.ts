import assert from 'node:assert/strict';
import { createPrivateTalks } from '../../src/channels/private-talks.ts';
import { conversationIdOf } from '../../src/channels/inbound.ts';
import type { Wire } from '../../src/channels/wire.ts';
import { SupportError } from '../../src/domain/errors.ts';
import { keptLog } from '../support/fakes.ts';
import { textOf } from '../support/store.ts';
import { slackInTests, type SlackApp } from './slack/app.ts';
import { person, tenant } from './teams/far-end.ts';
import { startSite, type Site } from './teams/site.ts';

const asks = 'Talk to a person';
const hint = 'You’ll find my answer in our private chat; nobody else can read it.';

describe('asking for a person in a channel of Slack', () => {
  const { api, open } = slackInTests();
  let app: SlackApp;
  beforeEach(async () => (app = await open()));

  async function mention(over: Wire = {}) {
    const text = `<@UBOT> ${asks}`;
    const event = { type: 'app_mention', user: 'U2', text, ts: '1700000001.000001', channel: 'C1', ...over };
    const authorizations = [{ team_id: 'T1', user_id: 'UBOT', is_bot: true }];
    const { status } = await app.event(event, { authorizations });
    await app.quiet();
    return status;
  }
  const sentTo = (channel: string) =>
    api.of('chat.postMessage').flatMap(({ body }) => (body.channel === channel ? [JSON.stringify(body)] : []));
  const hints = () =>
    api
      .of('chat.postEphemeral')
      .map(({ body: { channel, user, thread_ts, text } }) => [channel, user, thread_ts, text]);

  it('opens a ticket in the direct messages of who asked, once, though the event comes again', async () => {
    for (let i = 0; i < 3; i += 1) assert.equal(await mention(), 200);
    assert.deepEqual(
      api.of('conversations.open').map(({ body }) => body.users),
      ['U2'],
    );
    const tickets = await app.store.tickets.newest(9);
    assert.deepEqual(
      tickets.map(({ ticket }) => ticket.conversationId),
      [conversationIdOf('slack', 'T1|D1')],
    );
    const number = tickets[0]?.ticket.number ?? '';
    assert.equal(sentTo('D1').filter((body) => body.includes(number)).length, 1);
  });

  for (const [what, text] of Object.entries({ person: asks, account: 'I get access denied when I try to export' }))
    it(`is quiet for all others: only who asked is told where the answer is (${what})`, async () => {
      await mention({ text: `<@UBOT> ${text}` });
      assert.equal((await app.stored()).map(textOf)[0], text);
      assert.ok(sentTo('D1').length > 0);
      const root = '1700000000.000001';
      await mention({ text: `<@UBOT> ${text}`, ts: '1700000002.000001', thread_ts: root });
      assert.deepEqual(sentTo('C1'), []);
      // A thread that nobody has answered in shows no hint: the channel does.
      assert.deepEqual(hints(), [
        ['C1', 'U2', undefined, hint],
        ['C1', 'U2', root, hint],
      ]);
    });

  it('is answered though Slack shows no hint, and nobody is alarmed', async () => {
    api.state.answersHint = () => ({ body: '{"ok":false,"error":"user_not_in_channel"}' });
    await mention();
    assert.equal((await app.store.tickets.newest(9)).length, 1);
    assert.deepEqual([hints().length, sentTo('C1')], [1, []]);
    assert.deepEqual(
      app.log.lines.filter(({ level }) => level !== 'info'),
      [],
    );
  });

  it('goes on in the same talk when it is asked for again, and tells how it stands', async () => {
    await mention();
    await mention({ ts: '1700000002.000001' });
    assert.equal((await app.store.tickets.newest(9)).length, 1);
    const asked = (await app.stored()).filter(({ type }) => type === 'message').map(textOf);
    assert.deepEqual(asked, [asks, asks]);
  });

  it('is kept nowhere once it is corrected or deleted in the channel', async () => {
    const [ts, said] = ['1700000001.000001', { type: 'message', user: 'U2' }];
    const where = { type: 'message', channel: 'C1', channel_type: 'channel', hidden: true, ts: '1700000009.000001' };
    const text = '<@UBOT> access denied when I export Miezi';
    await mention({ text });
    const edited = { user: 'U2', ts: '1700000002.000000' };
    const now = { ...said, ts, text: '<@UBOT> access denied when I export Bello', edited };
    await mention({ ...where, subtype: 'message_changed', message: now, previous_message: { ...said, ts, text } });
    const words = async () => JSON.stringify([await app.stored(), await app.stored(`T1|C1|${ts}`)]);
    assert.doesNotMatch(await words(), /Miezi/);
    assert.equal((await words()).match(/Bello/g)?.length, 2, 'in the channel, and where it is answered');
    await mention({ ...where, subtype: 'message_deleted', deleted_ts: ts, previous_message: now });
    assert.doesNotMatch(await words(), /Bello/);
  });

  for (const [why, fault] of Object.entries({
    'the app may not': { body: '{"ok":false,"error":"missing_scope"}' },
    'Slack answers nonsense': { body: '{"ok":true,"channel":{"id":"C1"}}' },
    'Slack fails': { status: 500, body: 'no' },
  }))
    it(`says honestly what to do where no direct message can be opened: ${why}`, async () => {
      api.faults.push(fault);
      assert.equal(await mention(), 200);
      assert.deepEqual(await app.store.tickets.newest(9), []);
      assert.match(sentTo('C1').join(' '), /couldn’t open a private chat.*ask there again/);
      assert.deepEqual(sentTo('D1'), []);
      assert.ok(app.log.lines.some(({ message }) => message === 'no private chat could be opened'));
      assert.equal(await mention({ ts: '1700000003.000001' }), 200);
      assert.equal((await app.store.tickets.newest(9)).length, 1);
    });
});

describe('asking for a person in a channel of Teams', () => {
  let site: Site;
  beforeEach(async () => (site = await startSite()));
  afterEach(() => site.close());

  const channel = { conversationType: 'channel', tenantId: tenant, id: '19:general@thread.tacv2;messageid=17' };
  async function ask(over: Wire = {}) {
    assert.equal((await site.deliver({ text: asks, id: 'm1', conversation: channel, ...over })).status, 200);
    await site.quiet();
  }
  const told = (place: string) =>
    site.microsoft.sent().flatMap(({ path, body }) => (path.includes(place) ? [JSON.stringify(body)] : []));

  it('opens a ticket in the personal chat of who asked, once, though the activity comes again', async () => {
    for (let i = 0; i < 3; i += 1) await ask();
    const begun = site.microsoft.asked.filter(({ path }) => path === '/v3/conversations').map(({ body }) => body);
    assert.deepEqual(
      begun.map(({ members, tenantId, isGroup }) => ({ members, tenantId, isGroup })),
      [{ members: [{ id: person }], tenantId: tenant, isGroup: false }],
    );
    const [{ ticket } = assert.fail(), ...others] = await site.world.store.tickets.newest(9);
    assert.deepEqual([ticket.conversationId, others], [conversationIdOf('teams', `${tenant}|a:personal`), []]);
    assert.equal(told('a:personal').filter((body) => body.includes(ticket.number)).length, 1);
    assert.equal(told('19:general').length, 1);
    assert.ok(told('19:general')[0]?.includes(hint));
  });

  it('looks into the account there, too, and says in the channel only where the answer is', async () => {
    await ask({ text: 'I get access denied when I try to export' });
    assert.match(told('a:personal').join(' '), /I don’t know yet which account is yours/);
    assert.equal(told('19:general').length, 1);
  });

  for (const [why, set] of Object.entries({
    'they do not have the app': () => site.microsoft.state.faults.push({ status: 403 }, null as never),
    'Teams tells no id': () => Object.assign(site.microsoft.state, { personal: undefined }),
  }))
    it(`says honestly what to do where there can be no personal chat: ${why}`, async () => {
      set();
      await ask();
      assert.deepEqual(await site.world.store.tickets.newest(9), []);
      assert.match(told('19:general').join(' '), /couldn’t open a private chat.*ask there again/);
    });
});

describe('a private talk', () => {
  it('is none where the channel has no private chats or the address is unknown; while the store is away, the message waits', async () => {
    const log = keptLog();
    const message = { conversationId: 'azure_1', author: 'somebody', seq: 7, text: asks, files: 0 };
    const address = { channel: 'azure', to: {} };
    const refuses = () => Promise.reject(new SupportError('store-unavailable'));
    const conversations = { load: () => Promise.resolve({ locale: 'en' }) } as never;
    const ask = (find: () => Promise<unknown>) =>
      createPrivateTalks({ addresses: { find } as never, conversations, channels: [], receive: refuses, log })(message);
    for (const found of [address, null]) assert.equal(await ask(() => Promise.resolve(found)), false);
    await assert.rejects(ask(refuses), { code: 'store-unavailable' });
  });
});
