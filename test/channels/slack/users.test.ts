import assert from 'node:assert/strict';
import { createApi } from '../../../src/channels/slack/client.ts';
import { createUsers } from '../../../src/channels/slack/users.ts';
import type { SubjectFields } from '../../../src/domain/subject.ts';
import { fakeClock, keptLog } from '../../support/fakes.ts';
import { createSlackApp } from './app.ts';
import { startSlackApi } from './far-end.ts';
import { bot, directMessage, mention } from './posts.ts';

const ada: SubjectFields = { accountId: 'acct_42', userId: 'usr_7', verifiedBy: 'signed-identity', name: 'Ada' };
const byEmail = (email: string) => Promise.resolve(email === 'ada@acme.example' ? ada : null);
const member = {
  ...{ id: 'U1', team_id: 'T1', deleted: false, is_bot: false, is_restricted: false, is_ultra_restricted: false },
  ...{ is_email_confirmed: true, profile: { email: 'ada@acme.example' } },
};

describe('who a member of a trusted workspace is', () => {
  let api: Awaited<ReturnType<typeof startSlackApi>>;
  before(async () => {
    api = await startSlackApi();
  });
  after(() => api.stop());
  beforeEach(() => {
    api.calls.length = 0;
    api.faults.length = 0;
  });
  function usersOf(user: object, subjectByEmail: typeof byEmail | null = byEmail) {
    const [clock, log] = [fakeClock(), keptLog()];
    api.state.users = { U1: user };
    const client = createApi({ botToken: 'xoxb-1-secret-token', fetch, url: api.url });
    return { clock, log, users: createUsers({ api: client, trustedTeams: ['T1'], subjectByEmail, clock, log }) };
  }

  it('is asked for meanwhile, known from then on, and asked again after ten minutes', async () => {
    const { clock, users } = usersOf(member);
    assert.equal(users.known('T1', 'U1'), null);
    assert.equal(users.known('T1', 'U1'), null);
    await users.idle();
    assert.deepEqual(users.known('T1', 'U1'), { ...ada, verifiedBy: 'trusted-email' });
    clock.forward(599_999);
    assert.notEqual(users.known('T1', 'U1'), null);
    assert.equal(api.calls.length, 1);
    clock.forward(1);
    assert.equal(users.known('T1', 'U1'), null);
    await users.idle();
    assert.equal(api.calls.length, 2);
  });

  const strangers: Readonly<Record<string, object>> = {
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
    'somebody whom nobody knows by it': { ...member, profile: { email: 'eve@acme.example' } },
    'somebody of whom nothing that we know is told': { ...member, is_bot: 'no' },
  };
  for (const [name, user] of Object.entries(strangers))
    it(`is nobody: ${name}`, async () => {
      const { users } = usersOf(user);
      users.known('T1', 'U1');
      await users.idle();
      assert.equal(users.known('T1', 'U1'), null);
      assert.equal(api.calls.length, 1);
    });

  it('is not asked for in other workspaces, nor where e-mail addresses lead to no account', () => {
    assert.equal(usersOf(member).users.known('T2', 'U1'), null);
    assert.equal(usersOf(member, null).users.known('T1', 'U1'), null);
    assert.equal(api.calls.length, 0);
  });

  it('is asked for again when Slack did not tell', async () => {
    const { users, log } = usersOf(member);
    api.faults.push({ status: 500, body: '' });
    users.known('T1', 'U1');
    await users.idle();
    assert.equal(log.lines[0]?.level, 'warn');
    users.known('T1', 'U1');
    await users.idle();
    assert.notEqual(users.known('T1', 'U1'), null);
  });

  it('is known in direct messages as soon as the page was opened, and never where others read along', async () => {
    api.state.users = { U1: member };
    const app = await createSlackApp(api.url, {
      settings: { trustedTeams: ['T1'] },
      needs: { subjectByEmail: byEmail },
    });
    await app.event(mention(`<@${bot}> hello`));
    await app.quiet();
    assert.equal(api.of('users.info').length, 0);
    await app.event({ type: 'app_home_opened', user: 'U1', channel: 'D1', event_ts: '1.2' });
    for (let i = 0; i < 50 && api.of('users.info').length === 0; i += 1) await app.quiet();
    await app.quiet();
    await app.event(directMessage('which plan am I on?'));
    await app.quiet();
    const [, talk] = await Promise.all(['T1|C1|1795342320.000200', 'T1|D1'].map(subjectAt));
    assert.deepEqual(talk, { ...ada, verifiedBy: 'trusted-email' });
    assert.equal(await subjectAt('T1|C1|1795342320.000200'), null);
    await app.world.close();

    async function subjectAt(place: string) {
      const { conversationIdOf } = await import('../../../src/channels/inbox.ts');
      return (await app.store.load(conversationIdOf('slack', place)))?.subject ?? null;
    }
  });
});
