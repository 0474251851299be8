import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createInbound } from '../../../src/channels/inbound.ts';
import { createSlack } from '../../../src/channels/slack/index.ts';
import { postOf } from '../../../src/channels/slack/socket-payload.ts';
import { rounds } from '../../support/rounds.ts';
import { textOf } from '../../support/store.ts';
import { needsAlone } from '../alone.ts';
import { createSlackApp, overSocket, usual, type SlackApp } from './app.ts';
import { slackAt, startSlackApi } from './far-end.ts';
import { callbackOf, directMessage, pressOf } from './posts.ts';
import { startSlackSockets, until } from './socket-end.ts';

describe('Slack over the sockets of two processes', () => {
  let api: Awaited<ReturnType<typeof startSlackApi>>;
  let app: SlackApp;
  beforeEach(async () => {
    api = await startSlackApi();
    app = await createSlackApp(api.url, { answers: false });
  });
  afterEach(async () => {
    await app.world.close();
    api.stop();
  });

  const happens = fc.constantFrom('said', 'said', 'pressed', 'dropped', 'left', 'left and dropped', 'again');

  it('loses nothing and doubles nothing, however often they are dropped, replaced or not acknowledged in time', async () => {
    let place = 0;
    const once = fc.asyncProperty(fc.array(happens, { minLength: 5, maxLength: 40 }), async (all) => {
      const slack = await startSlackSockets(api);
      const { store, clock } = app;
      const { addresses, links } = store;
      const receive = createInbound({
        conversations: store,
        addresses,
        links,
        limits: store.limits,
        messagesPer10s: 1e6,
      });
      const listeners = [0, 1].map(() => {
        const needs = { ...needsAlone(), clock, fetch: slackAt(api.url), receive };
        return createSlack({ ...usual, ...overSocket }, needs).listener ?? assert.fail('nothing listens');
      });
      const channel = `D${(place += 1)}`;
      const acknowledged: Promise<unknown>[] = [];
      const expected: string[] = [];
      for (const [n, what] of all.entries()) {
        clock.forward(10_000);
        for (const listener of listeners) listener.run();
        const ts = `1795342320.${String(n).padStart(6, '0')}`;
        if (what === 'said' || what === 'pressed') expected.push(`${what} ${n}`);
        if (what === 'said')
          acknowledged.push(
            slack.deliver('events_api', callbackOf(directMessage(`said ${n}`, { ts, event_ts: ts, channel }))),
          );
        const under = { type: 'message', ts, user: 'U0LATCHKEY' };
        if (what === 'pressed')
          acknowledged.push(
            slack.deliver('interactive', pressOf(`pressed ${n}`, { channel: { id: channel }, message: under })),
          );
        if (what.startsWith('left')) slack.leave(n % 2 ? 'warning' : 'refresh_requested');
        if (what.endsWith('dropped')) slack.drop();
        if (what === 'again') slack.again();
        await new Promise((done) => setImmediate(done));
      }
      // As the worker does: whatever was dropped meanwhile is opened again.
      await until(() => {
        clock.forward(10_000);
        for (const listener of listeners) listener.run();
        return !slack.isWaiting();
      });
      await Promise.all(acknowledged);
      await Promise.all(listeners.map((one) => one.stop()));
      slack.stop();
      assert.deepEqual((await app.stored(`T1|${channel}`)).map(textOf).sort(), expected.sort());
    });
    await fc.assert(once, { numRuns: rounds(30) });
  });
});

describe('the product, connected with Slack over a socket', () => {
  it('hears and answers without a path of its own, and leaves when it is stopped', async () => {
    const api = await startSlackApi();
    const slack = await startSlackSockets(api);
    const app = await createSlackApp(api.url, { settings: { ...overSocket, signingSecret: null } });
    const paths = app.product.routes.map(([, path]) => path).filter((path) => path.startsWith('/slack/'));
    assert.deepEqual(paths, []);
    app.product.start();
    await slack.deliver('events_api', callbackOf(directMessage('how do I get an API key?')));
    await app.product.stop();
    assert.equal(slack.open(), 0);
    assert.match(JSON.stringify(api.of('chat.postMessage')), /API key/);
    await app.world.close();
    slack.stop();
    api.stop();
  });

  it('hears over it whatever it hears over HTTP', async () => {
    const app = await createSlackApp('http://127.0.0.1:1/api/');
    const reached = ['events_api', 'interactive', 'slash_commands'].map((type) => postOf(type, {}).path);
    const paths = app.product.routes.map(([, path]) => path).filter((path) => path.startsWith('/slack/'));
    assert.deepEqual(
      paths.filter((path) => !reached.includes(path)),
      [],
    );
    await app.world.close();
  });
});
