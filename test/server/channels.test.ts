import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { call } from '../support/direct-line.ts';
import { fakeClock } from '../support/fakes.ts';
import { startTestProduct } from '../support/product.ts';
import { noChannels } from '../support/settings.ts';

const signingSecret = '8f742231b10e8888abcd99yyyzzz85a5';
const slack = {
  signingSecret,
  botToken: 'xoxb-not-a-real-token',
  appToken: null,
  appId: null,
  teams: [],
  trustedTeams: [],
  escalations: null,
};

const tenant = '72f988bf-86f1-41af-91ab-000000000002';
const teams = {
  appId: '8f14e45f-ceea-4a2b-9c1d-000000000001',
  credential: { kind: 'secret' as const, secret: 'value' },
  tenant,
  cloud: 'public' as const,
  singleSignOn: false,
  hub: null,
  tenants: [tenant],
  escalations: null,
  trustedTenants: [],
  feedback: 'default' as const,
};

describe('the channels of the product', () => {
  it('are not there without their settings, and neither are the meters without a key', async () => {
    const product = await startTestProduct();
    try {
      for (const path of ['/api/messages', '/slack/events', '/slack/actions', '/desk'])
        assert.equal((await call(product.url + path, 'POST', {})).status, 404, path);
      assert.equal((await call(`${product.url}/metrics`, 'GET')).status, 404);
    } finally {
      await product.stop();
    }
  });

  it('are reached where they are set, and what they refuse is counted', async () => {
    const clock = fakeClock();
    const product = await startTestProduct({
      clock,
      channels: { ...noChannels, slack },
      metricsKey: 'key',
    });
    try {
      const body = JSON.stringify({ type: 'url_verification', challenge: 'say this' });
      const timestamp = String(Math.floor(clock.now() / 1000));
      const sign = (secret: string) =>
        `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
      const post = (secret: string) =>
        call(`${product.url}/slack/events`, 'POST', body, {
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': sign(secret),
        });
      assert.equal((await post('another')).status, 401);
      const answer = await post(signingSecret);
      assert.equal(answer.status, 200);
      assert.ok(JSON.stringify(answer.body).includes('say this'));
      const metrics = (authorization: string) => call(`${product.url}/metrics`, 'GET', undefined, { authorization });
      assert.equal((await metrics('Bearer another')).status, 401);
      assert.match(
        String((await metrics('Bearer key')).body.text),
        /latchkey_refused_total\{channel="slack",why="slack-signature"\} 1/,
      );
    } finally {
      await product.stop();
    }
  });

  it('give the widget a token of Azure where its secret is set, and keep that secret', async () => {
    const secret = 'the-secret-of-the-channel';
    const asked: { url: string; authorization: string | undefined }[] = [];
    const azure: typeof fetch = (input, init) => {
      const { authorization } = init?.headers as Record<string, string>;
      asked.push({ url: input as string, authorization });
      return Promise.resolve(Response.json({ conversationId: 'talk', token: 'of Azure', expires_in: 1800 }));
    };
    const product = await startTestProduct({
      channels: { ...noChannels, teams, azure: { secret } },
      fetch: azure,
    });
    try {
      const { status, body } = await call(`${product.url}/v3/directline/tokens/generate`, 'POST', {});
      const domain = 'https://directline.botframework.com/v3/directline';
      assert.deepEqual([status, body], [200, { conversationId: 'talk', token: 'of Azure', expires_in: 1800, domain }]);
      assert.deepEqual(asked, [{ url: `${domain}/tokens/generate`, authorization: `Bearer ${secret}` }]);
      assert.ok(!JSON.stringify(product.log.lines).includes(secret));
    } finally {
      await product.stop();
    }
  });

  it('let the widget call Azure where its secret is set, and nowhere else', async () => {
    const azure = { secret: 'the-secret-of-the-channel' };
    for (const channels of [
      { ...noChannels, teams, azure },
      { ...noChannels, teams },
    ]) {
      const product = await startTestProduct({ channels });
      try {
        const { headers } = await call(`${product.url}/widget/`, 'GET');
        const policy = headers.get('content-security-policy') ?? '';
        const [, ...sources] = /connect-src ([^;]*)/.exec(policy)?.[1]?.split(' ').slice(1) ?? [];
        const line = ['https://directline.botframework.com', 'wss://directline.botframework.com'];
        assert.deepEqual(sources, channels.azure ? line : []);
        assert.equal((await call(`${product.url}/api/messages`, 'POST', {})).status, 401);
      } finally {
        await product.stop();
      }
    }
  });
});
