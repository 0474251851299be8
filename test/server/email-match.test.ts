import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { conversationIdOf } from '../../src/channels/inbound.ts';
import { slackAt, startSlackApi } from '../channels/slack/far-end.ts';
import { callbackOf, directMessage, mention, secret, signed } from '../channels/slack/posts.ts';
import { call } from '../support/direct-line.ts';
import { fakeClock } from '../support/fakes.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';
import { noChannels } from '../support/settings.ts';

const member = {
  ...{ id: 'U1', team_id: 'T1', deleted: false, is_bot: false, is_restricted: false, is_ultra_restricted: false },
  ...{ is_email_confirmed: true, profile: { email: 'Over-Limit@example.com' }, tz: 'Europe/Berlin' },
};
const slack = {
  ...{
    signingSecret: secret,
    botToken: 'xoxb-1-secret-token',
    appToken: null,
    appId: null,
    teams: [],
    trustedTeams: ['T1'],
  },
  escalations: null,
};
const complaint = 'I get access denied when I try to export';

/** The whole product with its account API and Slack's, each behind a socket of its own. */
describe('a member of a trusted workspace', () => {
  const clock = fakeClock();
  let api: Awaited<ReturnType<typeof startSlackApi>>;
  let product: TestProduct;
  beforeEach(async () => {
    api = await startSlackApi();
    api.state.users = { U1: member };
    product = await startTestProduct({
      ...{ clock, channels: { ...noChannels, slack } },
      fetch: slackAt(api.url),
    });
  });
  afterEach(async () => {
    await product.stop();
    api.stop();
  });

  async function post(event: object): Promise<number> {
    const { body, headers } = signed(JSON.stringify(callbackOf({ ...event })), clock.now());
    return (await call(`${product.url}/slack/events`, 'POST', String(body), headers)).status;
  }
  async function said(what: RegExp): Promise<string> {
    for (;;) {
      const all = api.of('chat.postMessage').map(({ body }) => String(body.text));
      const found = all.find((text) => what.test(text));
      if (found !== undefined) return all.join('\n');
      await new Promise((done) => setTimeout(done, 10));
    }
  }
  const subjectAt = async (place: string) =>
    (await product.store.load(conversationIdOf('slack', place)))?.subject ?? null;

  it('is told with the first answer what blocks their account, and no log or ticket holds the address', async () => {
    assert.equal(await post(directMessage(complaint)), 200);
    assert.match(await said(/Your monthly limit blocks/), /^Hi Ada[^]*resets on 1 December at 01:00 your time/);
    const matched = { accountId: 'acct_northgate_studio', userId: 'usr_1', verifiedBy: 'trusted-email', name: 'Ada' };
    assert.deepEqual(await subjectAt('T1|D1'), matched);
    await post(directMessage('Talk to a person', { ts: '1795342320.000300', event_ts: '1795342320.000300' }));
    await said(/LK-|ticket/i);
    const [filed] = await product.store.tickets.newest(1);
    assert.deepEqual(filed?.ticket.who.subject, matched);
    assert.doesNotMatch(inspect([product.log.lines, filed], { depth: 20 }), /example\.com/i);
    assert.deepEqual(product.faults(), []);
  });

  it('has their message taken before Slack is asked who they are, however long that takes', async () => {
    let release: () => void = () => undefined;
    api.state.answersUsers = new Promise((done) => {
      release = done;
    });
    assert.equal(await post(directMessage(complaint)), 200);
    assert.equal(api.of('chat.postMessage').length, 0);
    release();
    await said(/Your monthly limit blocks/);
  });

  it('is told nothing of an account in a channel, and Slack is not asked', async () => {
    assert.equal(await post(mention('what do you do?')), 200);
    await said(/others read along/);
    assert.equal(await subjectAt('T1|C1|1795342320.000200'), null);
    assert.deepEqual([api.of('users.info').length, product.faults()], [0, []]);
  });

  it('is asked for a code, like everybody else, where the account API is down', async () => {
    product.demo.close();
    assert.equal(await post(directMessage(complaint)), 200);
    await said(/which account is yours/);
    assert.equal(await subjectAt('T1|D1'), null);
    const told = product.log.lines.filter(({ message }) => message.includes('who a member is'));
    assert.deepEqual([told.length, told[0]?.level], [1, 'warn']);
    assert.doesNotMatch(inspect(product.log.lines, { depth: 20 }), /example\.com/i);
  });
});
