import assert from 'node:assert/strict';
import { clouds } from '../../../src/channels/teams/endpoints.ts';
import type { Wire } from '../../../src/channels/wire.ts';
import type { SubjectFields } from '../../../src/domain/subject.ts';
import { customerNamed } from '../../support/customers.ts';
import { appId, person, tenant, type TokenDiffers } from './far-end.ts';
import { startSite, type Site } from './site.ts';

const other = '11111111-86f1-41af-91ab-000000000009';
const resource = `api://botid-${appId}`;
const issuer = `${clouds.public.login}/${tenant}/v2.0`;
const found: SubjectFields = {
  ...(customerNamed('over-limit')?.person ?? assert.fail()),
  verifiedBy: 'trusted-email',
};
const subjectByEmail = (address: string) => Promise.resolve(address === 'megan@acme.example' ? found : null);
/** What Entra says of a member to whom Teams speaks for the bot. */
const member: Wire = {
  ...{ iss: issuer, aud: appId, tid: tenant, oid: person, ver: '2.0', scp: 'access_as_user' },
  ...{ upn: 'Megan@acme.example', preferred_username: 'Megan@acme.example', serviceurl: null },
};

describe('single sign-on in Teams', () => {
  let site: Site;
  beforeEach(async () => {
    site = await startSite({ trustedTenants: [tenant], singleSignOn: true }, { subjectByEmail });
  });
  afterEach(() => site.close());

  let count = 0;
  /** A chat of its own, with somebody who has an object id of their own. */
  function newChat() {
    count += 1;
    const oid = person.replace(/.{4}$/, String(count).padStart(4, '0'));
    const conversation = { conversationType: 'personal', tenantId: tenant, id: `a:sign-in-${count}` };
    const from = { id: `29:${count}`, name: 'Megan', aadObjectId: oid };
    const deliver = (over: Wire) => site.deliver({ conversation, from, ...over });
    const sent = () => site.microsoft.asked.filter(({ path }) => path.includes(conversation.id));
    return {
      oid,
      say: (text: string) => deliver({ id: `${count} ${text}`, text }),
      /** As Teams posts it. */
      async signIn(claims: Wire = {}, differs: TokenDiffers = {}, over: Wire = {}) {
        const token = await site.microsoft.token({ key: 'entra', claims: { ...member, oid, ...claims }, ...differs });
        const value = { id: 'f3a5', connectionName: '', token };
        return deliver({
          type: 'invoke',
          name: 'signin/tokenExchange',
          id: `f:${count}`,
          text: undefined,
          value,
          ...over,
        });
      },
      /** As Teams posts that it got no token. */
      fail: (code: unknown, over: Wire = {}) =>
        deliver({
          type: 'invoke',
          name: 'signin/failure',
          id: `f:${count} ${String(code)}`,
          text: undefined,
          value: { code },
          ...over,
        }),
      told: () => JSON.stringify(sent()),
      cards: () =>
        sent().flatMap(({ body }) =>
          ((body.attachments ?? []) as { contentType: string; content: Wire }[]).filter(
            ({ contentType }) => contentType === 'application/vnd.microsoft.card.oauth',
          ),
        ),
      stored: () => site.stored(conversation.id),
    };
  }
  const linkedIn = async (chat: ReturnType<typeof newChat>) =>
    (await chat.stored()).filter((one) => one.type === 'event' && one.name === 'linked').length;

  it('tells Teams once what to sign in to, and nothing of an account before', async () => {
    const chat = newChat();
    await chat.say('I get access denied when I try to export');
    await chat.say('hello');
    await site.quiet();
    const [{ content } = assert.fail(), ...more] = chat.cards();
    assert.equal((content.tokenExchangeResource as Wire).uri, resource);
    assert.deepEqual(more, []);
    assert.match(chat.told(), /which account is yours/);
    assert.doesNotMatch(chat.told(), /monthly limit/i);
  });

  it('looks into the complaint as soon as the token has come, once for ten deliveries at once', async () => {
    const chat = newChat();
    await chat.say('I get access denied when I try to export');
    await site.quiet();
    const answers = await Promise.all(Array.from({ length: 10 }, () => chat.signIn()));
    await site.quiet();
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
    assert.equal(await linkedIn(chat), 1);
    assert.match(chat.told(), /Your monthly limit blocks/);
    const subject = await site.world.store.links.find(`teams|${tenant}|${chat.oid}`);
    assert.equal(subject?.verifiedBy, 'single-sign-on');
  });

  it('takes the tokens of both versions', async () => {
    const chat = newChat();
    await chat.signIn({
      iss: `https://sts.windows.net/${tenant}/`,
      aud: resource,
      ver: '1.0',
      idp: `https://sts.windows.net/${tenant}/`,
    });
    await site.quiet();
    assert.equal(await linkedIn(chat), 1);
  });

  it('leaves alone who was linked by a code', async () => {
    const chat = newChat();
    const user = `teams|${tenant}|${chat.oid}`;
    const another: SubjectFields = { ...found, userId: 'usr_another', verifiedBy: 'linked-chat' };
    await site.world.store.links.save(user, another);
    await chat.say('hello');
    assert.equal((await chat.signIn()).status, 200);
    await site.quiet();
    assert.deepEqual([chat.cards(), await linkedIn(chat)], [[], 0]);
    assert.equal((await site.world.store.links.find(user))?.userId, 'usr_another');
  });

  it('says nothing to who has no account', async () => {
    const chat = newChat();
    assert.equal((await chat.signIn({ upn: 'ben@acme.example' })).status, 200);
    await site.quiet();
    assert.equal(await linkedIn(chat), 0);
  });

  const hour = 3_600;
  const refused: Readonly<Record<string, readonly [why: string, claims: Wire, differs?: TokenDiffers, over?: Wire]>> = {
    'of another bot': ['audience-wrong', { aud: other }],
    'of the public issuer': ['issuer-wrong', { iss: `${clouds.public.login}/common/v2.0` }],
    'of another tenant, in its name': ['issuer-wrong', { iss: issuer.replace(tenant, other), tid: other }],
    'of another tenant, in ours': ['member-unproved', { tid: other }],
    'of somebody else': ['member-unproved', { oid: other }],
    'of a guest, by where they come from': ['member-unproved', { idp: 'https://sts.windows.net/x/' }],
    'of a guest, by the kind of account': ['member-unproved', { acct: 1 }],
    'with a guest’s name': ['member-unproved', { upn: 'megan_fabrikam.example#EXT#@acme.example' }],
    'with a name that anybody may set': ['member-unproved', { upn: null, email: 'megan@acme.example' }],
    'of an app without a person': ['member-unproved', { scp: null, roles: ['all'] }],
    'for something else': ['member-unproved', { scp: 'User.Read' }],
    'that is over': ['token-expired', { exp: 1 }],
    'that is signed by the Bot Framework': ['key-unknown', {}, { key: 'one' }],
    'with a forged signature': ['signature-wrong', {}, { header: { kid: 'entra' }, key: 'one' }],
    'that Teams did not get for a personal chat': [
      'sign-in-wrong',
      {},
      {},
      { conversation: { conversationType: 'groupChat', tenantId: tenant, id: '19:group' } },
    ],
    'that is none': ['sign-in-wrong', {}, {}, { value: 'token' }],
  };
  it('refuses every other token, and links nobody', async () => {
    for (const [which, [why, claims, differs, over]] of Object.entries(refused)) {
      const chat = newChat();
      const before = (await site.refused()).filter((one) => one === why).length;
      const { status, body } = await chat.signIn(claims, differs, over);
      assert.deepEqual([status, typeof body.failureDetail], [412, 'string'], which);
      assert.equal((await site.refused()).filter((one) => one === why).length, before + 1, which);
      assert.equal(await site.world.store.links.find(`teams|${tenant}|${chat.oid}`), null, which);
    }
    assert.equal((await site.refused()).length, Object.keys(refused).length);
  });

  it('tells once how else to be known, where Teams could not sign somebody in, and the operator why', async () => {
    const chat = newChat();
    const answers = await Promise.all(Array.from({ length: 10 }, () => chat.fail('resourcematchfailed')));
    await chat.fail('<script>');
    await chat.fail(undefined, { value: null });
    await site.quiet();
    for (const { status, body } of answers) assert.deepEqual([status, body], [200, {}]);
    assert.equal(chat.told().split('write “connect Teams”').length, 2);
    const warned = site.world.log.lines
      .filter(({ level }) => level === 'warn')
      .map(({ fields }) => (fields as Wire).why);
    assert.deepEqual(new Set(warned), new Set(['resourcematchfailed', 'other']));
    assert.deepEqual(new Set(await site.refused()), new Set(['sign-in-failed']));
  });

  it('says nothing of that to who is known, or where others read along', async () => {
    const [known, group] = [newChat(), newChat()];
    await site.world.store.links.save(`teams|${tenant}|${known.oid}`, found);
    assert.equal((await known.fail('invokeerror')).status, 200);
    const conversation = { conversationType: 'groupChat', tenantId: tenant, id: '19:group' };
    assert.equal((await group.fail('invokeerror', { conversation })).status, 200);
    await site.quiet();
    assert.deepEqual(site.microsoft.asked, []);
  });

  it('is not there where it is not set', async () => {
    const without = await startSite({ trustedTenants: [] }, { subjectByEmail });
    const token = await without.microsoft.token({
      key: 'entra',
      claims: { ...member, exp: hour + Math.floor(without.world.clock.now() / 1_000) },
    });
    await without.deliver({ text: 'hello' });
    const { status } = await without.deliver({
      type: 'invoke',
      name: 'signin/tokenExchange',
      value: { id: 'a', token },
    });
    await without.quiet();
    const told = JSON.stringify(without.microsoft.asked);
    const link = await without.world.store.links.find(`teams|${tenant}|${person}`);
    await without.close();
    assert.deepEqual([status, link, told.includes('card.oauth')], [501, null, false]);
  });
});
