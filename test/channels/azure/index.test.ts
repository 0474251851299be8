import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Wire } from '../../../src/channels/wire.ts';
import { Client } from '../../../src/web/widget/client.ts';
import { isOwn } from '../../../src/web/shared/transcript.ts';
import { en } from '../../../src/web/shared/words/en.ts';
import { Memory } from '../../../src/web/widget/memory.ts';
import { azureOrigin } from '../../../src/channels/azure/endpoints.ts';
import { textOf } from '../../support/store.ts';
import { hastenDeadlines } from '../deadlines.ts';
import type { TokenDiffers } from '../teams/far-end.ts';
import { secret, type TokenFault } from './far-end.ts';
import { startSite, type Site } from './site.ts';

interface Forged {
  readonly name: string;
  readonly status: number;
  /** Null: it is let in. */
  readonly why: string | null;
  readonly activity?: (site: Site) => Wire;
  readonly token?: TokenDiffers;
}
const forged: readonly Forged[] = [
  { name: 'what the customer wrote', status: 200, why: null },
  { name: 'another user id', status: 403, why: 'azure user-other', activity: () => ({ from: { id: 'dl_other' } }) },
  { name: 'an id of another kind', status: 403, why: 'azure user-other', activity: () => ({ from: { id: 'u' } }) },
  {
    name: 'a conversation that we did not open',
    status: 403,
    why: 'azure conversation-unknown',
    activity: () => ({ conversation: { id: 'another' } }),
  },
  {
    name: 'a key that may not speak for Direct Line',
    status: 401,
    why: 'teams channel-not-endorsed',
    token: { key: 'one' },
  },
  {
    name: 'another service URL',
    status: 403,
    why: 'teams service-url-refused',
    activity: () => ({ serviceUrl: 'https://evil.directline.botframework.com/' }),
    token: { claims: { serviceurl: 'https://evil.directline.botframework.com/' } },
  },
  {
    name: 'the service of Teams',
    status: 403,
    why: 'teams service-url-refused',
    activity: ({ microsoft }) => ({ serviceUrl: microsoft.base }),
  },
  {
    name: 'a service URL that the token does not name',
    status: 401,
    why: 'teams service-url-other',
    token: { claims: { serviceurl: 'https://europe.directline.botframework.com/' } },
  },
  {
    name: 'Teams with a key of Direct Line',
    status: 403,
    why: 'teams service-url-refused',
    activity: () => ({ channelId: 'msteams' }),
  },
  {
    name: 'the channel of Web Chat',
    status: 403,
    why: 'teams channel-wrong',
    activity: () => ({ channelId: 'webchat' }),
  },
];

describe('Azure Direct Line', () => {
  let site: Site;
  afterEach(() => site.close());

  it('carries a whole talk: the token, the welcome, the words, and the verdict from the identity’s account', async () => {
    site = await startSite();
    const widget = widgetOf(site);
    widget.client.identify(site.identity);
    widget.client.start();
    await until(() => widget.texts().length > 0, site);
    widget.client.send('I get access denied when I export');
    await until(() => widget.texts().some((text) => text.includes('500,000')), site);
    assert.match(widget.texts()[0] ?? '', /automated assistant/);
    const own = widget.client.entries.filter(({ activity }) => activity.text?.startsWith('I get access'));
    assert.deepEqual([own.length, own[0]?.state], [1, undefined]);
    const [room = assert.fail()] = site.azure.rooms.values();
    const drawn = room.activities.find(({ suggestedActions }) => suggestedActions);
    assert.deepEqual([(drawn?.from as Wire).id, (drawn?.from as Wire).role], ['bot@azure', 'bot']);
    assert.ok((drawn?.channelData as { latchkey?: object }).latchkey);
    assert.ok(room.activities.some(({ type }) => type === 'typing'));
    const [place = ''] = site.azure.rooms.keys();
    assert.equal((await site.opened(place))?.userId, room.user);
    assert.ok(
      widget.urls.slice(1).every((url) => url.startsWith(`${azureOrigin}/v3/directline/`)),
      widget.urls.join(),
    );
    const reloaded = widgetOf(site, widget.shelf);
    reloaded.client.start();
    await until(() => reloaded.client.entries.length > 0, site);
    const said = reloaded.client.entries.filter(({ activity }) => isOwn(activity));
    assert.deepEqual(
      said.map(({ activity }) => activity.text),
      ['I get access denied when I export'],
    );
    assert.equal(reloaded.urls[0], `${azureOrigin}/v3/directline/conversations/azure-talk-1?watermark=0`);
    for (const { client } of [widget, reloaded]) client.logout();
    assert.deepEqual([await site.refused(), [...new Set(site.azure.posted)]], [[], [200]]);
    // Two SDKs are loaded meanwhile.
  });

  it('welcomes once, and takes a message that comes again once', async () => {
    site = await startSite();
    const { conversationId = '' } = (await site.generate()).body;
    const opening = { type: 'conversationUpdate', text: undefined, membersAdded: [{ id: 'bot@azure' }] };
    for (const id of ['1', '2']) await site.azure.post(site.azure.activityOf(conversationId, { ...opening, id }));
    await site.quiet();
    const welcomed = await site.stored(conversationId);
    assert.deepEqual(
      welcomed.map((one) => (one.type === 'event' ? one.name : one.type)),
      ['opened', 'reply'],
    );
    for (let i = 0; i < 3; i += 1) await site.azure.post(site.azure.activityOf(conversationId));
    await site.quiet();
    const said = (await site.stored(conversationId)).filter((one) => one.type === 'message' && textOf(one) === 'hello');
    assert.equal(said.length, 1);
  });

  for (const { name, status, why, activity = () => ({}), token = {} } of forged)
    it(`${why === null ? 'lets in' : 'refuses'} ${name}`, async () => {
      site = await startSite();
      const { conversationId = '' } = (await site.generate({ identity: site.identity })).body;
      const body = site.azure.activityOf(conversationId, activity(site));
      const claims = 'serviceUrl' in activity(site) && !token.claims ? { claims: { serviceurl: body.serviceUrl } } : {};
      assert.equal(await site.azure.post(body, { ...claims, ...token }), status);
      await site.quiet();
      assert.deepEqual(await site.refused(), why === null ? [] : [why]);
      assert.equal((await site.stored(conversationId)).length > 0, why === null);
      assert.equal(await site.opened('another'), null);
    });

  it('is refused where it is not set, and our own tokens have no domain', async () => {
    site = await startSite({ isSet: false });
    assert.deepEqual(Object.keys((await site.generate()).body).sort(), ['conversationId', 'expires_in', 'token']);
    assert.equal(await site.azure.post(site.azure.activityOf('azure-talk-1')), 403);
    assert.deepEqual([await site.refused(), site.azure.asked], [['teams channel-wrong'], []]);
  });

  it('is asked with the secret for a user id of ours, whatever the client says', async () => {
    site = await startSite();
    const { status, body } = await site.generate({ user: { id: 'dl_mine' }, trustedOrigins: ['https://evil.test'] });
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body), ['conversationId', 'token', 'expires_in', 'domain']);
    const [asked] = site.azure.asked;
    assert.equal(asked?.authorization, `Bearer ${secret}`);
    assert.match((asked.body.user as { id: string }).id, /^dl_.{22}$/);
    assert.notEqual((asked.body.user as { id: string }).id, 'dl_mine');
    assert.deepEqual(asked.body.trustedOrigins, ['https://help.test']);
    assert.equal((await site.opened(body.conversationId ?? ''))?.subject, null);
    assert.equal((await site.generate({ identity: 'typed' })).status, 401);
    assert.equal(site.azure.asked.length, 1);
  });

  for (const fault of ['hang', 'garbage', 'huge', 'moved', 'empty', 403, 500] as readonly TokenFault[])
    it(`opens nothing and tells no secret where its tokens are not to be had: ${fault}`, async () => {
      site = await startSite();
      site.azure.state.fault = fault;
      const restore = hastenDeadlines(() => fault === 'hang');
      const { status, body } = await site.generate({ identity: site.identity }).finally(restore);
      assert.equal(status, 503);
      const error = {
        code: 'chat-unavailable',
        message: 'The chat cannot begin right now. Please try again in a moment.',
      };
      assert.deepEqual(body, { error });
      assert.equal(await site.opened('azure-talk-1'), null);
      const { lines } = site.world.log;
      const warned = lines.filter(({ level }) => level === 'warn').map(({ fields }) => fields);
      assert.deepEqual(warned, [{ status: typeof fault === 'number' ? fault : null }]);
      assert.doesNotMatch(JSON.stringify(lines), /the-secret/);
      assert.ok(site.azure.asked.every(({ path }) => path !== '/elsewhere'));
    });
});

/** The widget's client, which finds our server here. */
function widgetOf(site: Site, shelf = new Map<string, string>()) {
  const urls: string[] = [];
  const request = (path: string, init?: RequestInit) => {
    const url = path.startsWith('/') ? site.url + path : path;
    urls.push(url);
    return site.azure.fetch(url, init);
  };
  let ids = 0;
  const client = new Client({
    memory: new Memory({
      getItem: (key) => shelf.get(key) ?? null,
      setItem: (key, value) => void shelf.set(key, value),
      removeItem: (key) => void shelf.delete(key),
    }),
    fetch: request as typeof fetch,
    socket: (url) => site.azure.socket(url),
    wait: () => pause(20),
    random: () => 0.5,
    newId: () => `m${String(++ids)}`,
    ...{
      words: en,
      locale: 'en',
      zone: 'UTC',
      changed: () => undefined,
      tellOutcome: () => undefined,
      wantIdentity: () => undefined,
    },
  });
  const texts = () =>
    client.entries.flatMap(({ activity: { from, text = '' } }) => (from?.role === 'bot' ? [text] : []));
  return { client, urls, shelf, texts };
}

async function until(holds: () => boolean, site: Site): Promise<void> {
  for (let i = 0; i < 100 && !holds(); i += 1) {
    await pause(20);
    await site.quiet();
  }
  assert.ok(holds(), 'it did not come to that');
}
