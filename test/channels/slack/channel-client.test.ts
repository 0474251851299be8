import assert from 'node:assert/strict';
import { channelWords } from '../channel-words.ts';
import { inspect } from 'node:util';
import { createChannelClient } from '../../../src/channels/slack/channel-client.ts';
import { createApi } from '../../../src/channels/slack/api.ts';
import { SupportError } from '../../../src/domain/errors.ts';
import type { Wire } from '../../../src/channels/wire.ts';
import { keptLog, type KeptLog } from '../../support/fakes.ts';
import { storedAs, storedReply } from '../replies.ts';
import { slackInTests } from './app.ts';
import { startSlackApi, type Fault } from './far-end.ts';
import { replyWith } from './messages.ts';
import { channelContract, type FarEnd } from '../contract.ts';
import { hastenDeadlines } from '../deadlines.ts';

const token = 'xoxb-1-secret-token';
const chosen = () => Promise.resolve('No');
const direct = { channel: 'D1', thread: null };
const said = (text: string) => storedAs(replyWith(text));

function clientAt(url: string, log: KeptLog) {
  return createChannelClient({ api: createApi({ token, fetch, url }), fetch, log, chosen, words: channelWords });
}

describe('what is sent to Slack', () => {
  const { api } = slackInTests();
  let log: KeptLog;
  let client: ReturnType<typeof createChannelClient>;
  beforeEach(() => {
    log = keptLog();
    client = clientAt(api.url, log);
  });
  /** The error of sending, which must not hold a word or the token. */
  async function failure(fault: Fault, to: Wire = direct): Promise<SupportError> {
    api.faults.push(fault);
    const error = await client.send(to, said('hunter2'), 'slack_x').catch((thrown: unknown) => thrown);
    assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /hunter2|xoxb|secret-token/);
    return error instanceof SupportError ? error : assert.fail(String(error));
  }

  it('goes into its thread, marked with its talk, without previews of links', async () => {
    assert.match(await client.send({ channel: 'C1', thread: '1.2' }, said('hello'), 'slack_x'), /^\d+\.\d+$/);
    const [{ authorization, body } = assert.fail()] = api.of('chat.postMessage');
    assert.equal(authorization, `Bearer ${token}`);
    assert.deepEqual([body.channel, body.thread_ts, body.text], ['C1', '1.2', 'hello']);
    assert.deepEqual([body.unfurl_links, body.unfurl_media], ['false', 'false']);
    assert.deepEqual(body.metadata, { event_type: 'latchkey_reply', event_payload: { conversation: 'slack_x' } });
  });

  it('is one message after the other where it is long, and the last one is the one with the buttons', async () => {
    const ref = await client.send(direct, storedReply('long'), 'slack_x');
    const posts = api.of('chat.postMessage');
    assert.deepEqual(
      posts.map(({ body }) => JSON.stringify(body.blocks).includes('"actions"')),
      [false, true],
    );
    assert.equal(ref, '1700000000.000002');
  });

  it('goes on, after a failure, where it stopped', async () => {
    api.faults.push({ body: '{"ok":true,"ts":"1.1"}' }, { status: 429, headers: { 'retry-after': '3' }, body: '' });
    await assert.rejects(client.send(direct, storedReply('long'), 'slack_x'), { retryAfterMs: 3_000 });
    await client.send(direct, storedReply('long'), 'slack_x');
    const blocks = api.of('chat.postMessage').map(({ body }) => JSON.stringify(body.blocks));
    assert.equal(blocks.length, 3);
    assert.notEqual(blocks[0], blocks[2]);
    assert.equal(blocks[1], blocks[2]);
    // The next one begins at its beginning.
    await client.send(direct, storedReply('long', 2), 'slack_x');
    assert.equal(JSON.stringify(api.of('chat.postMessage')[3]?.body.blocks), blocks[0]);
  });

  it('loses its buttons later, and says what was chosen', async () => {
    const { reply } = storedReply('feedback');
    await client.removeButtons(direct, { ref: '1.5', seq: 1 }, reply, 'slack_x');
    const [{ body } = assert.fail()] = api.of('chat.update');
    assert.deepEqual([body.channel, body.ts, body.text], ['D1', '1.5', 'Did this answer your question?']);
    assert.doesNotMatch(JSON.stringify(body.blocks), /actions/);
    assert.match(JSON.stringify(body.blocks), /You chose “No”\./);
  });

  it('waits as long as Slack asks for', async () => {
    const { code, retryAfterMs } = await failure({ status: 429, headers: { 'retry-after': '30' }, body: '' });
    assert.deepEqual([code, retryAfterMs], ['channel-unavailable', 30_000]);
    const unsaid = await failure({ status: 429, body: 'slow down' });
    assert.deepEqual([unsaid.code, unsaid.retryAfterMs], ['channel-unavailable', null]);
  });

  const again: Readonly<Record<string, Fault>> = {
    'an error of Slack’s': { status: 500, body: 'hunter2' },
    'Slack is away': { status: 503, headers: { 'retry-after': 'soon' }, body: '<html>' },
    'Slack says so in words': { body: '{"ok":false,"error":"ratelimited"}' },
    'Slack has an error of its own': { body: '{"ok":false,"error":"internal_error"}' },
    'no answer that can be read': { body: '<html>hunter2</html>' },
    'an error that is none': { body: '{"ok":false,"error":"hunter2 xoxb-1"}' },
    'no address that leads on': { status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: '' },
  };
  for (const [why, fault] of Object.entries(again))
    it(`is sent again: ${why}`, async () => {
      const { code, retryAfterMs } = await failure(fault);
      assert.deepEqual([code, retryAfterMs], ['channel-unavailable', null]);
      assert.equal(api.calls.length, 1);
    });

  it('is sent again: Slack is silent beyond the deadline, or cannot be reached', async () => {
    const restore = hastenDeadlines(() => true);
    api.faults.push('hangs');
    await assert.rejects(client.send(direct, said('x'), 'y'), { code: 'channel-unavailable' }).finally(restore);
    const nowhere = clientAt('http://127.0.0.1:1/api/', log);
    await assert.rejects(nowhere.send(direct, said('x'), 'y'), { code: 'channel-unavailable' });
  });

  for (const code of ['invalid_auth', 'token_revoked', 'not_authed', 'account_inactive'])
    it(`waits for a token that works: ${code}`, async () => {
      const error = await failure({ body: JSON.stringify({ ok: false, error: code }) });
      assert.equal(error.code, 'channel-unavailable');
      assert.ok(error.message.includes(code));
    });

  for (const code of [
    'channel_not_found',
    'not_in_channel',
    'is_archived',
    'msg_too_long',
    'invalid_blocks',
    'missing_scope',
  ])
    // prettier-ignore
    it(`is left out for good, and says why: ${code}`, async () => {
      const told = { ok: false, error: code, response_metadata: { messages: ['[ERROR] hunter2'] } };
      const error = await failure({ body: JSON.stringify(told) });
      assert.deepEqual([error.code, error.message], ['channel-refused', `Slack refused the message: ${code}.`]);
    });

  it('is left out for good where the status is the sender’s fault, or the address is none', async () => {
    assert.equal((await failure({ status: 403, body: 'hunter2' })).code, 'channel-refused');
    assert.equal((await failure({ body: '{}' }, { place: 'elsewhere' })).code, 'channel-refused');
    api.faults.length = 0;
  });

  it('shows that it is looking only in a thread of direct messages, and never fails', async () => {
    await client.typing({ channel: 'D1', thread: '1.2' });
    await client.typing(direct);
    await client.typing({ channel: 'C1', thread: '1.2' });
    assert.equal(api.calls.length, 1);
    assert.deepEqual(api.of('assistant.threads.setStatus')[0]?.body, {
      channel_id: 'D1',
      thread_ts: '1.2',
      status: 'is looking…',
    });
    api.faults.push({ status: 500, body: '' });
    await client.typing({ channel: 'D1', thread: '1.2' });
    await client.typing({});
    assert.equal(log.lines.length, 2);
  });
});

const faults: Readonly<Record<Exclude<FarEnd, 'up'>, Fault>> = {
  busy: { status: 429, headers: { 'retry-after': '17' }, body: 'hunter2' },
  down: { status: 503, body: '<html>hunter2' },
  silent: 'hangs',
  refusing: { body: '{"ok":false,"error":"channel_not_found","response_metadata":{"messages":["hunter2"]}}' },
};

channelContract('slack', async () => {
  const [api, log] = [await startSlackApi(), keptLog()];
  return {
    client: clientAt(api.url, log),
    ...{ to: { channel: 'D1', thread: '1.2' }, bent: [{ channel: 1, thread: null }, { channel: 'D1' }] },
    given: () =>
      api.calls.map(({ method, body }, i) => ({
        ref: method === 'chat.update' ? String(body.ts) : api.tsOf(i + 1),
        json: JSON.stringify(body),
      })),
    asked: () => api.calls.length,
    turn: (farEnd) => api.faults.splice(0, Infinity, ...(farEnd === 'up' ? [] : Array<Fault>(9).fill(faults[farEnd]))),
    secrets: [token],
    log,
    close: () => api.stop(),
  };
});
