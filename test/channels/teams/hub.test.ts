import assert from 'node:assert/strict';
import { conversationIdOf } from '../../../src/channels/inbound.ts';
import { clouds } from '../../../src/channels/teams/endpoints.ts';
import type { Wire } from '../../../src/channels/wire.ts';
import { customerNamed } from '../../support/customers.ts';
import { fakeClock } from '../../support/fakes.ts';
import { handOffContract, statusOf } from '../hand-off-contract.ts';
import { takeUp } from '../served.ts';
import { appId, person, startMicrosoft, tenant, type TokenDiffers } from './far-end.ts';
import { startSite, wordsOf } from './site.ts';

const hubApp = '8f14e45f-ceea-4a2b-9c1d-0000000000aa';
const issuer = `${clouds.public.login}/${tenant}/v2.0`;
/** What Entra says of the hub's app, when it asks for a token for ours. */
const app: Wire = { iss: issuer, aud: appId, azp: hubApp, tid: tenant, ver: '2.0', serviceurl: null };
const subject = { ...(customerNamed('over-limit')?.person ?? assert.fail()), verifiedBy: 'linked-chat' as const };

/** The product as the skill of a hub's bot, which passes on what people write to it in Teams. */
async function startHub() {
  const hub = await startMicrosoft(fakeClock());
  const handOff = { key: null, name: 'Northwind Support' };
  const site = await startSite({ hub: { appId: hubApp, origin: hub.base } }, { handOff });
  let talks = 0;
  let posts = 0;

  async function post(activity: Wire, claims: Wire = {}, differs: TokenDiffers = {}) {
    const token = await site.microsoft.token({ key: 'entra', claims: { ...app, ...claims }, ...differs });
    return site.post(activity, `Bearer ${token}`);
  }
  async function open() {
    talks += 1;
    const id = `a:skill-${talks}`;
    const aadObjectId = person.replace(/.{4}$/, String(talks).padStart(4, '0'));
    await site.world.store.links.save(`teams|${tenant}|${aadObjectId}`, subject);
    const passedOn = (over: Wire) =>
      site.activity({
        ...{ serviceUrl: `${hub.base}/skills`, recipient: { id: `28:${hubApp}`, role: 'skill' } },
        conversation: { conversationType: 'personal', tenantId: tenant, id },
        from: { id: `29:${talks}`, name: 'Megan', aadObjectId },
        ...over,
      });
    const sent = () => hub.asked.filter(({ path, method }) => path.includes(id) && method === 'POST');
    return {
      id: conversationIdOf('teams', `${tenant}|${id}`),
      passedOn,
      sent,
      write: (text: string) => post(passedOn({ text, id: `m${(posts += 1)}` })),
      events: () => Promise.resolve(sent().flatMap(({ body }) => (body.type === 'event' ? [body] : []))),
      async post(event: Wire) {
        const { conversation } = passedOn({});
        return post({
          ...passedOn({ text: undefined, attachments: undefined, id: undefined }),
          ...event,
          conversation,
        });
      },
    };
  }
  return {
    ...{ hub, site, post, open, world: site.world, quiet: () => site.quiet() },
    async close() {
      await site.close();
      hub.close();
    },
  };
}

handOffContract('Teams', startHub);

describe('a hub whose skill we are in Teams', () => {
  let at: Awaited<ReturnType<typeof startHub>>;
  beforeEach(async () => (at = await startHub()));
  afterEach(() => at.close());
  const asks = ['I get access denied when I try to export', 'Talk to a person'];

  it('is sent all that is said with a token for it alone, the ticket’s number before the hand-off', async () => {
    const talk = await at.open();
    for (const text of asks) {
      await talk.write(text);
      await at.quiet();
    }
    const scopeOf = (token = '') => at.site.microsoft.scopes[Number(token.replace('Bearer token-', '')) - 1];
    assert.deepEqual(new Set(at.hub.asked.map(({ token }) => scopeOf(token))), new Set([`${hubApp}/.default`]));
    const told = talk.sent().filter(({ body }) => body.type !== 'typing');
    const event = told.findIndex(({ body }) => body.type === 'event');
    assert.match(wordsOf(told[event - 1]?.body), /LK-/);
    assert.deepEqual(at.site.microsoft.asked, []);
  });

  it('is told again what it did not take, and nothing else', async () => {
    const talk = await at.open();
    await talk.write(asks[0] ?? '');
    await at.quiet();
    const isNumber = ({ body }: { readonly body: Wire }) => wordsOf(body).includes('LK-') && body.type === 'message';
    at.hub.state.busyFor = ({ type }) => type === 'event';
    await talk.write(asks[1] ?? '');
    await at.quiet();
    const [refused] = await talk.events();
    at.hub.state.busyFor = () => false;
    at.world.clock.forward(60_000);
    await takeUp(at.site.product);
    assert.deepEqual(await talk.events(), [refused, refused]);
    assert.equal(talk.sent().filter(isNumber).length, 1);
  });

  const refused: Readonly<Record<string, readonly [why: string, claims: Wire, differs?: TokenDiffers, over?: Wire]>> = {
    'of another app of the tenant': ['hub-unproved', { azp: appId }],
    'of another app, in an old token': ['hub-unproved', { azp: undefined, appid: appId }],
    'of somebody who signed in to the hub': ['hub-unproved', { scp: 'access_as_user' }],
    'of the hub, for another bot': ['audience-wrong', { aud: hubApp }],
    'of another tenant': ['issuer-wrong', { iss: issuer.replace(tenant, appId) }],
    'of the Bot Framework': ['key-unknown', {}, { key: 'one' }],
    'of the hub, in another channel': ['channel-wrong', {}, {}, { channelId: 'directline' }],
    'of the hub, from a tenant that is not served': [
      'tenant-refused',
      {},
      {},
      { channelData: {}, conversation: { id: 'a:x', tenantId: appId } },
    ],
    'of the hub, from Teams': ['key-unknown', {}, {}, { serviceUrl: 'Teams' }],
  };
  it('is nobody else: what comes with another token is refused, and nothing is stored', async () => {
    const talk = await at.open();
    const whys: string[] = [];
    for (const [which, [why, claims, differs, over = {}]] of Object.entries(refused)) {
      const there = over.serviceUrl === 'Teams' ? { serviceUrl: at.site.microsoft.base } : {};
      const { status } = await at.post(talk.passedOn({ ...over, ...there }), claims, differs);
      assert.ok(status === 401 || status === 403, which);
      whys.push(why);
      assert.deepEqual((await at.site.refused()).toSorted(), whys.toSorted(), which);
    }
    assert.deepEqual(await at.world.store.activitiesAfter(talk.id, 0, 10), []);
  });

  it('is none in Teams itself: it is sent no event, and tells no status', async () => {
    await at.site.world.store.links.save(`teams|${tenant}|${person}`, subject);
    for (const [i, text] of asks.entries()) {
      await at.site.deliver({ text, id: `m${i}` });
      await at.quiet();
    }
    const id = conversationIdOf('teams', `${tenant}|a:one`);
    const [ticket = assert.fail()] = /LK-\w+/.exec(at.site.told().join()) ?? [];
    assert.ok(at.site.microsoft.asked.every(({ body }) => body.type !== 'event'));
    const { conversation, ...status } = statusOf({ id }, 'accepted');
    assert.ok(conversation);
    assert.equal((await at.site.deliver(status)).status, 200);
    assert.equal((await at.world.store.tickets.find(ticket))?.work.state, 'waiting');
  });
});
