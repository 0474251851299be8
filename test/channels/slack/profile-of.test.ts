import assert from 'node:assert/strict';
import { createApi } from '../../../src/channels/slack/api.ts';
import { createProfileOf } from '../../../src/channels/slack/profile-of.ts';
import { hastenDeadlines } from '../deadlines.ts';
import { slackInTests } from './app.ts';

const member = {
  ...{ id: 'U1', team_id: 'T1', deleted: false, is_bot: false, is_restricted: false, is_ultra_restricted: false },
  ...{ is_email_confirmed: true, profile: { email: 'Ada@acme.example' } },
};
const to = { channel: 'D1', thread: null };

describe('the address of a member of a trusted workspace', () => {
  const { api } = slackInTests();
  const profileOf = (user: string) => {
    const client = createApi({ token: 'xoxb-1-secret-token', fetch, url: api.url });
    return createProfileOf(client, ['T1'])(user, to);
  };
  const emailOf = async (user: string) => (await profileOf(user)).email;

  it('is the one that Slack says is confirmed', async () => {
    api.state.users = { U1: member };
    assert.equal(await emailOf('slack|T1|U1'), 'ada@acme.example');
    assert.deepEqual(
      api.calls.map(({ method, body }) => [method, body]),
      [['users.info', { user: 'U1', include_locale: 'true' }]],
    );
  });

  const others: Readonly<Record<string, object>> = {
    'a bot': { ...member, is_bot: true },
    'a guest': { ...member, is_restricted: true },
    'a guest of one channel': { ...member, is_ultra_restricted: true },
    'a stranger of a shared channel': { ...member, is_stranger: true },
    'somebody who left': { ...member, deleted: true },
    'a member of another workspace': { ...member, team_id: 'T2' },
    'somebody of whom Slack does not say whose member they are': { ...member, team_id: undefined },
    'somebody whose address is not confirmed': { ...member, is_email_confirmed: false },
    'somebody of whom Slack does not say that it is': { ...member, is_email_confirmed: undefined },
    'somebody without an address': { ...member, profile: {} },
    'somebody whose address is none': { ...member, profile: { email: 'ada' } },
    'somebody whose address only looks like one': { ...member, profile: { email: '\u212Aay@acme.example' } },
    'somebody of whom nothing that we know is told': { ...member, is_bot: 'no' },
  };
  for (const [name, user] of Object.entries(others))
    it(`is none: ${name}`, async () => {
      api.state.users = { U1: user };
      assert.equal(await emailOf('slack|T1|U1'), null);
      assert.equal(api.calls.length, 1);
    });

  it('is nobody’s in workspaces that are not listed', async () => {
    api.state.users = { U1: member };
    assert.equal(await emailOf('slack|T2|U1'), null);
  });

  it('comes with their time zone and language, which are told of everybody', async () => {
    api.state.users = { U1: { ...member, tz: 'Europe/Vienna', locale: 'de-AT' }, U2: { tz: 'Asia/Tokyo', locale: 7 } };
    assert.deepEqual(await profileOf('slack|T1|U1'), {
      ...{ email: 'ada@acme.example', zone: 'Europe/Vienna', locale: 'de-AT' },
    });
    assert.deepEqual(await profileOf('slack|T2|U2'), { email: null, zone: 'Asia/Tokyo', locale: undefined });
  });

  it('is none, and no zone either, where a workspace that is not listed lets us ask nothing', async () => {
    api.faults.push({ body: '{"ok":false,"error":"missing_scope"}' });
    assert.deepEqual(await profileOf('slack|T2|U1'), { email: null });
  });

  const faults = {
    'Slack is down': [{ status: 500, body: '' }, 'channel-unavailable'],
    'Slack does not answer': ['hangs', 'channel-unavailable'],
    'the app may not ask': [{ body: '{"ok":false,"error":"missing_scope"}' }, 'channel-refused'],
  } as const;
  for (const [why, [fault, code]] of Object.entries(faults))
    it(`is not known, which is told apart from none: ${why}`, async () => {
      api.faults.push(fault);
      const restore = hastenDeadlines(() => fault === 'hangs');
      await assert.rejects(emailOf('slack|T1|U1'), { code }).finally(restore);
    });
});
