import assert from 'node:assert/strict';
import { createAppToken } from '../../../src/channels/teams/app-token.ts';
import { createConnector } from '../../../src/channels/teams/connector.ts';
import { createEmailOf } from '../../../src/channels/teams/email-of.ts';
import type { Wire } from '../../../src/channels/wire.ts';
import type { SubjectFields } from '../../../src/domain/subject.ts';
import { customerNamed } from '../../support/customers.ts';
import { fakeClock } from '../../support/fakes.ts';
import { hastenDeadlines } from '../deadlines.ts';
import { appId, person, settings, startMicrosoft, tenant, type Microsoft } from './far-end.ts';
import { startSite } from './site.ts';

const other = '11111111-86f1-41af-91ab-000000000009';
/** As Microsoft documents the answer. */
const member = {
  ...{ id: '29:1XJKJMvc5GBtc2JwZq0oj8tHZmzrQgFmB39ATiQWA85g', objectId: person, name: 'Megan Bowen' },
  ...{ givenName: 'Megan', surname: 'Bowen', email: 'ceo@acme.example', userPrincipalName: 'Megan@acme.example' },
  ...{ tenantId: tenant, userRole: 'user' },
};

describe('the address of a member of a trusted tenant', () => {
  let microsoft: Microsoft;
  before(async () => {
    microsoft = await startMicrosoft(fakeClock());
  });
  after(() => microsoft.close());
  beforeEach(() => {
    microsoft.asked.length = 0;
    microsoft.state.faults.length = 0;
  });

  const place = () => ({ service: `${microsoft.base}/amer/`, conversation: 'a:one', place: 'p', bot: `28:${appId}` });
  function emailOf(told: Wire, over: Wire = {}, user = `teams|${tenant}|${person}`) {
    microsoft.state.member = told;
    const connector = createConnector({ token: createAppToken(settings, microsoft), clock: fakeClock() });
    const trusted = { connector, endpoints: microsoft.endpoints, trustedTenants: [tenant] };
    return createEmailOf(trusted)(user, { ...place(), kind: 'personal', ...over });
  }

  it('is what they sign in with, asked by their object id, with the token of our app', async () => {
    assert.equal(await emailOf(member), 'megan@acme.example');
    const [{ method, path, token } = assert.fail(), ...more] = microsoft.asked;
    assert.deepEqual([method, path, more], ['GET', `/amer/v3/conversations/a:one/members/${person}`, []]);
    assert.match(token ?? '', /^Bearer token-/);
  });

  const same: Readonly<Record<string, Wire>> = {
    'is told in capitals': { ...member, objectId: person.toUpperCase(), tenantId: tenant.toUpperCase() },
    'has the name that the SDK gives it': { ...member, objectId: undefined, aadObjectId: person },
    'has both names': { ...member, aadObjectId: person },
  };
  for (const [how, told] of Object.entries(same))
    it(`is known where the id ${how}`, async () => assert.equal(await emailOf(told), 'megan@acme.example'));

  const others: Readonly<Record<string, Wire>> = {
    'a guest by their name': { ...member, userPrincipalName: 'megan_fabrikam.example#EXT#@acme.example' },
    'a guest by their role': { ...member, userRole: 'guest' },
    'somebody anonymous': { ...member, userRole: 'anonymous' },
    'a bot': { ...member, userRole: 'bot' },
    'somebody of an unknown role': { ...member, userRole: undefined },
    'somebody of another tenant': { ...member, tenantId: other },
    'somebody whose tenant is not told': { ...member, tenantId: undefined },
    'somebody whose tenant is told as no id': { ...member, tenantId: '29:1UX7p8Fkx7p93MZlBFS71swTB9juQOCfnXf2L3' },
    'another person than we asked for': { ...member, objectId: other },
    'one whose two ids differ': { ...member, aadObjectId: other },
    'somebody whose id is not told': { ...member, objectId: undefined },
    'somebody who signs in with no address': { ...member, userPrincipalName: 'megan' },
    'somebody with an address, and no name to sign in with': { ...member, userPrincipalName: undefined },
    'a list of people': [member] as unknown as Wire,
    nothing: {},
  };
  for (const [who, told] of Object.entries(others))
    it(`is none: ${who}`, async () => {
      assert.equal(await emailOf(told), null);
      assert.equal(microsoft.asked.length, 1);
    });

  const unasked: Readonly<Record<string, readonly [over: Wire, user?: string]>> = {
    'a tenant that is not listed': [{}, `teams|${other}|${person}`],
    'no tenant': [{}, `teams||${person}`],
    'a group': [{ kind: 'group' }],
    'a channel': [{ kind: 'channel' }],
    'another host than Microsoft’s': [{ service: 'https://smba.evil.example/' }],
    'no address': [{ conversation: undefined }],
  };
  for (const [where, [over, user]] of Object.entries(unasked))
    it(`is not even asked for in ${where}`, async () => {
      assert.equal(await emailOf(member, over, user), null);
      assert.equal(microsoft.asked.length, 0);
    });

  it('finds the account of who wrote, before it answers; and only where a tenant is trusted', async () => {
    for (const trustedTenants of [[tenant], []]) {
      const found: SubjectFields = {
        ...(customerNamed('over-limit')?.person ?? assert.fail()),
        verifiedBy: 'trusted-email',
      };
      const subjectByEmail = (address: string) => Promise.resolve(address === 'megan@acme.example' ? found : null);
      const site = await startSite({ trustedTenants }, { subjectByEmail });
      site.microsoft.state.member = member;
      await site.deliver({ id: 'one', text: 'hello' });
      await site.deliver({ id: 'two', text: 'I get access denied when I try to export' });
      await site.quiet();
      const [told, asked] = [site.told().join('\n'), site.microsoft.asked];
      await site.close();
      const isTrusted = trustedTenants.length > 0;
      assert.match(told, isTrusted ? /Your monthly limit blocks/ : /which account is yours/);
      assert.equal(asked.filter(({ method }) => method === 'GET').length, isTrusted ? 1 : 0);
    }
  });

  const faults = {
    'Microsoft is down': [{ status: 503 }, 'channel-unavailable'],
    'Microsoft does not answer': ['hang', 'channel-unavailable'],
    'the bot may not ask': [{ status: 403 }, 'channel-refused'],
  } as const;
  for (const [why, [fault, code]] of Object.entries(faults))
    it(`is not known, which is told apart from none: ${why}`, async () => {
      microsoft.state.faults.push(fault);
      const restore = hastenDeadlines(() => fault === 'hang');
      await assert.rejects(emailOf(member), { code }).finally(restore);
    });
});
