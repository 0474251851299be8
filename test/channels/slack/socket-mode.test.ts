import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { ChannelListener } from '../../../src/channels/channel.ts';
import type { ReceiveInbound } from '../../../src/channels/inbound.ts';
import { createSlack } from '../../../src/channels/slack/index.ts';
import { createSocketMode } from '../../../src/channels/slack/socket-mode.ts';
import { SupportError } from '../../../src/domain/errors.ts';
import { json } from '../../../src/http/answer.ts';
import { needsAlone } from '../alone.ts';
import { overSocket, usual } from './app.ts';
import { slackAt, startSlackApi } from './far-end.ts';
import { callbackOf, directMessage } from './posts.ts';
import { startSlackSockets, until } from './socket-end.ts';

const message = (text: string, n = 1) => {
  const ts = `1795342320.${String(n).padStart(6, '0')}`;
  return callbackOf(directMessage(text, { ts, event_ts: ts }));
};

describe('Slack over a socket', () => {
  let api: Awaited<ReturnType<typeof startSlackApi>>;
  let slack: Awaited<ReturnType<typeof startSlackSockets>>;
  let needs: ReturnType<typeof needsAlone>;
  let listeners: ChannelListener[];
  beforeEach(async () => {
    api = await startSlackApi();
    slack = await startSlackSockets(api);
    needs = { ...needsAlone(), fetch: slackAt(api.url) };
    listeners = [];
  });
  afterEach(async () => {
    await Promise.all(listeners.map((one) => one.stop()));
    slack.stop();
    api.stop();
  });

  /** A process that hears Slack, where what is received goes to `receive`. */
  function listening(receive: ReceiveInbound = needs.receive): ChannelListener {
    const slackHeard = createSlack({ ...usual, ...overSocket }, { ...needs, receive });
    const listener = slackHeard.listener ?? assert.fail('nothing listens');
    listeners.push(listener);
    return listener;
  }
  /** The same, once Slack has greeted it. */
  async function greeted(receive?: ReceiveInbound): Promise<ChannelListener> {
    const listener = listening(receive);
    const before = slack.state.greeted;
    listener.run();
    await until(() => slack.state.greeted > before);
    return listener;
  }
  const lines = () => needs.log.lines.filter(({ level }) => level !== 'info');

  it('opens one with the app’s token, and no second while there is one', async () => {
    const listener = await greeted();
    listener.run();
    await slack.deliver('events_api', message('hello'));
    assert.deepEqual(
      api.calls.map(({ method, authorization }) => [method, authorization]),
      [['apps.connections.open', `Bearer ${overSocket.appToken}`]],
    );
    assert.equal(slack.open(), 1);
  });

  it('acknowledges an event when it is stored, and not before', async () => {
    let stored: () => void = () => undefined;
    let received: () => void = () => undefined;
    const isReceived = new Promise<void>((done) => {
      received = done;
    });
    const isStored = new Promise<void>((done) => {
      stored = done;
    });
    await greeted(() => {
      received();
      return isStored;
    });
    const acknowledged = slack.deliver('events_api', message('hello'));
    await isReceived;
    // What is acknowledged after it was sent after it.
    await slack.deliver('something_new', {});
    assert.ok(slack.isWaiting());
    stored();
    assert.equal(await acknowledged, undefined);
  });

  it('acknowledges nothing that could not be stored, and takes it when it comes again', async () => {
    const failures = [new SupportError('store-unavailable'), new Error('a fault')];
    const attempts: unknown[] = [];
    let failed: () => void = () => undefined;
    await greeted((event) => {
      attempts.push(event.message?.text);
      const error = failures.shift();
      if (error) setImmediate(failed);
      return error ? Promise.reject(error) : Promise.resolve();
    });
    const acknowledged = slack.deliver('events_api', message('hello'));
    for (let n = 0; n < 2; n += 1) {
      await new Promise<void>((done) => {
        failed = done;
      });
      slack.again();
    }
    await acknowledged;
    assert.deepEqual(attempts, ['hello', 'hello', 'hello']);
    assert.deepEqual(
      lines().map(({ level, message: told }) => [level, told]),
      [['error', 'a payload of Slack failed']],
    );
  });

  it('opens the next before Slack closes the last, which is heard until then', async () => {
    const heard: unknown[] = [];
    await greeted((event) => Promise.resolve(void heard.push(event.message?.text)));
    needs.clock.forward(10_000);
    slack.leave();
    await until(() => slack.state.greeted === 2);
    assert.deepEqual([slack.open(), slack.state.closed], [2, 0]);
    slack.drop('leaving');
    await until(() => slack.state.closed === 1);
    await slack.deliver('events_api', message('hello'));
    assert.deepEqual([heard, slack.state.asked, lines()], [['hello'], 2, []]);
  });

  it('asks less and less often where no socket holds, and at once again after one that did', async () => {
    const listener = await greeted();
    for (const reason of ['too_many_websockets', 'link_disabled']) {
      slack.leave(reason);
      await until(() => lines().length > 0);
      slack.drop();
      await until(() => slack.open() === 0);
      const { alarm, delayMs = 0 } = (lines()[0]?.fields ?? {}) as { alarm?: string; delayMs?: number };
      assert.equal(alarm, 'slack-unheard');
      const before = slack.state.asked;
      needs.clock.forward(delayMs - 1);
      listener.run();
      needs.clock.forward(1);
      listener.run();
      await until(() => slack.open() === 1);
      assert.equal(slack.state.asked, before + 1);
      needs.log.lines.length = 0;
    }
  });

  it('tells that Slack refuses the token, without it, and goes on when it is taken', async () => {
    api.faults.push({ body: '{"ok":false,"error":"invalid_auth"}' });
    const listener = listening();
    listener.run();
    await until(() => lines().length > 0);
    assert.match(inspect(lines(), { depth: 9 }), /slack-unheard[^]*invalid_auth/);
    assert.ok(!inspect(needs.log.lines, { depth: 9 }).includes(overSocket.appToken));
    needs.clock.forward(1_000);
    listener.run();
    await until(() => slack.open() === 1);
  });

  it('gives up a socket that is silent for half a minute, and none that answers', async () => {
    const listener = await greeted();
    await slack.deliver('events_api', message('hello'));
    for (let beat = 0; beat < 3; beat += 1) {
      needs.clock.forward(20_000);
      const answered = slack.state.pings + 1;
      listener.run();
      await until(() => slack.state.pings === answered);
      // What is said after the pong is heard after it.
      await slack.deliver('events_api', message('hello'));
    }
    assert.equal(slack.state.greeted, 1);
    needs.clock.forward(30_001);
    listener.run();
    await until(() => slack.state.greeted === 2);
    assert.equal(slack.state.closed, 1);
  });

  it('does nothing about frames that are none, and hears on', async () => {
    await greeted();
    for (const text of ['', '{', 'null', '[1]', '{"type":"something_new"}', '{"envelope_id":1,"type":"events_api"}'])
      slack.say(text);
    await slack.deliver('something_new', { a: 1 });
    assert.deepEqual(
      lines().map(({ message: told }) => told),
      Array(2).fill('Slack sent what cannot be read'),
    );
  });

  it('takes what came before it is stopped, says farewell, and opens no more', async () => {
    const heard: unknown[] = [];
    const listener = await greeted((event) => Promise.resolve(void heard.push(event.message?.text)));
    const acknowledged = slack.deliver('events_api', message('hello'));
    await until(() => !slack.isWaiting());
    await Promise.all([acknowledged, listener.stop()]);
    assert.deepEqual([heard, slack.state.asked], [['hello'], 1]);
    await until(() => slack.open() === 0);
  });

  it('carries what HTTP’s body would say in the acknowledgement, where Slack takes that', async () => {
    const { clock, random, log } = needs;
    const listener = createSocketMode({
      ...{ clock, random, log },
      askAddress: () => Promise.resolve(api.state.socketUrl()),
      take: (type) => Promise.resolve(json({ type })),
    });
    listeners.push(listener);
    listener.run();
    assert.deepEqual(await slack.deliver('slash_commands', {}), { type: 'slash_commands' });
    assert.equal(await slack.deliver('events_api', {}), undefined);
  });
});
