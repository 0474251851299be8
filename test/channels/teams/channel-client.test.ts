import assert from 'node:assert/strict';
import { createAppToken } from '../../../src/channels/teams/app-token.ts';
import { createChannelClient } from '../../../src/channels/teams/channel-client.ts';
import { createConnector } from '../../../src/channels/teams/connector.ts';
import { codeOf, SupportError } from '../../../src/domain/errors.ts';
import type { Wire } from '../../../src/channels/wire.ts';
import { channelContract, type FarEnd } from '../contract.ts';
import { hastenDeadlines } from '../deadlines.ts';
import { replies, storedReply } from '../replies.ts';
import { fakeClock, keptLog } from '../../support/fakes.ts';
import { drawing } from './drawing.ts';
import { appId, settings, startMicrosoft, type Fault, type Microsoft } from './far-end.ts';
import { wordsOf } from './site.ts';

const conversation = '19:general@thread.tacv2;messageid=1700000000000';
const secret = 'the-secret-of-the-app';
const alone = { drawing, named: () => Promise.resolve(), eventBehind: () => Promise.resolve(null) };
const words = 'Did this answer your question?';

describe('what is sent to Teams', () => {
  const clock = fakeClock();
  let microsoft: Microsoft;
  let client: ReturnType<typeof createChannelClient>;
  let to: Wire;
  let chosen: string | null = null;
  let restore: () => void;
  const log = keptLog();
  beforeEach(async () => {
    microsoft = await startMicrosoft(clock);
    const { endpoints } = microsoft;
    const token = createAppToken({ ...settings, credential: { kind: 'secret', secret } }, microsoft);
    const connector = createConnector({ token, clock });
    const { state } = microsoft;
    restore = hastenDeadlines(() => state.faults.some((fault) => typeof fault === 'string'));
    client = createChannelClient({ connector, endpoints, log, ...alone, chosen: () => Promise.resolve(chosen) });
    to = { service: `${microsoft.base}/`, conversation, place: 'a place', bot: `28:${appId}`, kind: 'personal' };
  });
  afterEach(() => {
    restore();
    microsoft.close();
  });

  const send = (name: keyof typeof replies = 'feedback', address = to) =>
    client.send(address, storedReply(name, 7), 'talk');
  async function failure(sending: Promise<unknown>): Promise<SupportError> {
    const error: unknown = await sending.then(
      () => assert.fail('it was sent'),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof SupportError, String(error));
    return error;
  }

  it('is a message in its conversation, from our bot, with the token of our app; its id comes back', async () => {
    assert.equal(await send('text'), 'sent-1');
    const [{ method, path, token, body } = assert.fail()] = microsoft.asked;
    assert.deepEqual([method, path, token], ['POST', `/v3/conversations/${conversation}/activities`, 'Bearer token-1']);
    assert.deepEqual([body.type, body.from], ['message', { id: `28:${appId}` }]);
    await send('ticket');
    assert.equal(microsoft.counts.tokens, 1);
  });

  it('asks for one token, however much is to be sent at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => send('ticket')));
    assert.deepEqual([microsoft.asked.length, microsoft.counts.tokens], [10, 1]);
  });

  it('is several messages where the words are too many, the buttons on the last', async () => {
    assert.equal(await send('long'), 'sent-4');
    const bodies = microsoft.asked.map(({ body }) => body);
    assert.deepEqual(
      bodies.map((body) => 'attachments' in body),
      [false, false, false, true],
    );
    assert.equal(
      bodies
        .map(wordsOf)
        .join(' ')
        .match(/A long answer/g)?.length,
      700,
    );
  });

  it('goes on, after a failure, where it stopped', async () => {
    await send('long');
    const whole = microsoft.asked.splice(0).map(({ body }) => wordsOf(body));
    const fine = { status: 201 };
    microsoft.state.faults = [fine, fine, { status: 503 }];
    await failure(send('long'));
    microsoft.state.faults = [];
    await send('long');
    const [one, two, three, four] = whole;
    assert.deepEqual(
      microsoft.asked.map(({ body }) => wordsOf(body)),
      [one, two, three, three, four],
    );
  });

  it('loses its buttons: the same card without its buttons, and with what was chosen', async () => {
    chosen = 'Yes';
    await client.removeButtons(to, { ref: 'f:1', seq: 7 }, replies.feedback, 'teams_talk');
    const [{ method, path, body } = assert.fail()] = microsoft.asked;
    assert.deepEqual([method, path, body.id], ['PUT', `/v3/conversations/${conversation}/activities/f:1`, 'f:1']);
    assert.equal(wordsOf(body), `${words}\nYou chose “Yes”.`);
    await client.removeButtons(to, { ref: '', seq: 7 }, replies.feedback, 'teams_talk');
    assert.equal(microsoft.asked.length, 1);
  });

  it('is typing in chats, for what it is worth', async () => {
    await client.typing(to);
    assert.equal(microsoft.asked[0]?.body.type, 'typing');
    await client.typing({ ...to, kind: 'channel' });
    microsoft.state.faults = [{ status: 500 }];
    await client.typing(to);
    await client.typing({ service: 'https://evil.test' });
    assert.equal(microsoft.asked.length, 2);
  });

  for (const [fault, code, retryAfterMs] of [
    [{ status: 429, headers: { 'retry-after': '17' } }, 'channel-unavailable', 17_000],
    [{ status: 429 }, 'channel-unavailable', null],
    [
      {
        status: 503,
        headers: { 'retry-after': 'Sun, 22 Nov 2026 08:00:30 GMT', date: 'Sun, 22 Nov 2026 08:00:00 GMT' },
      },
      'channel-unavailable',
      30_000,
    ],
    [{ status: 502 }, 'channel-unavailable', null],
    [{ status: 412 }, 'channel-unavailable', null],
    [{ status: 401 }, 'channel-unavailable', null],
    ['hang', 'channel-unavailable', null],
    ['stall', 'channel-unavailable', null],
    [{ status: 400 }, 'channel-refused', null],
    [{ status: 403 }, 'channel-refused', null],
    [{ status: 404 }, 'channel-refused', null],
    [{ status: 413 }, 'channel-refused', null],
    [{ status: 307, headers: { location: '/v3/elsewhere' } }, 'channel-refused', null],
  ] as const satisfies readonly (readonly [Fault, string, number | null])[])
    it(`is tried once; ${JSON.stringify(fault)} is ${code}, without a secret or a word`, async () => {
      microsoft.state.faults = [fault];
      const error = await failure(send());
      assert.deepEqual([codeOf(error), error.retryAfterMs], [code, retryAfterMs]);
      assert.equal(microsoft.asked.length, 1);
      const told = `${error.message} ${error.stack ?? ''} ${JSON.stringify(error)} ${String(error.cause)}`;
      for (const hidden of [words, secret, 'token-1']) assert.ok(!told.includes(hidden), told);
    });

  it('is spoken with a new token after the old one was refused', async () => {
    microsoft.state.faults = [{ status: 401 }, { status: 500 }];
    await failure(send());
    await failure(send());
    assert.deepEqual(
      microsoft.asked.map(({ token }) => token),
      ['Bearer token-1', 'Bearer token-2'],
    );
  });

  it('waits where Teams cannot be reached at all', async () => {
    microsoft.close();
    assert.equal(codeOf(await failure(send())), 'channel-unavailable');
  });

  for (const state of ['down', 'garbage'] as const)
    it(`waits while the token endpoint is ${state}, and says nothing of what was asked`, async () => {
      microsoft.state.tokens = state;
      const error = await failure(send());
      assert.equal(codeOf(error), 'channel-unavailable');
      assert.ok(!JSON.stringify([error.message, error.stack]).includes(secret));
      assert.equal(microsoft.asked.length, 0);
      microsoft.state.tokens = 'up';
      await send();
    });

  it('goes nowhere but to Teams, wherever a stored address leads', async () => {
    for (const service of [
      'https://evil.test/',
      'http://169.254.169.254/',
      `${microsoft.base}.evil.test/`,
      `${microsoft.base}/?x=`,
      microsoft.base.toUpperCase(),
      `${microsoft.base}/../#`,
      '',
    ])
      assert.equal(codeOf(await failure(send('text', { ...to, service }))), 'channel-refused', service);
    assert.equal(codeOf(await failure(send('text', {}))), 'channel-refused');
    assert.deepEqual([microsoft.asked.length, microsoft.counts.tokens], [0, 0]);
  });

  it('goes to no other conversation, whatever its id holds', async () => {
    await send('text', { ...to, conversation: '../../admin?x=1#' });
    assert.equal(microsoft.asked[0]?.path, '/v3/conversations/../../admin?x=1#/activities');
  });

  it('writes nothing to the terminal by itself', async () => {
    const written: string[] = [];
    const [out, err] = [process.stdout.write.bind(process.stdout), process.stderr.write.bind(process.stderr)];
    const keep = (chunk: string | Uint8Array) => written.push(String(chunk)) > 0;
    Object.assign(process.stdout, { write: keep });
    Object.assign(process.stderr, { write: keep });
    try {
      for (const fault of [{ status: 500 }, { status: 403 }, 'hang'] as const) {
        microsoft.state.faults = [fault];
        await failure(send());
      }
      microsoft.state.tokens = 'down';
      await failure(send());
    } finally {
      Object.assign(process.stdout, { write: out });
      Object.assign(process.stderr, { write: err });
    }
    assert.deepEqual(written, []);
  });
});

const faults: Readonly<Record<Exclude<FarEnd, 'up'>, Fault>> = {
  busy: { status: 429, headers: { 'retry-after': '17' } },
  down: { status: 503 },
  silent: 'hang',
  refusing: { status: 403 },
};

channelContract('teams', async () => {
  const [clock, log] = [fakeClock(), keptLog()];
  const microsoft = await startMicrosoft(clock);
  const { endpoints, base, asked, state, counts } = microsoft;
  const connector = createConnector({
    token: createAppToken({ ...settings, credential: { kind: 'secret', secret } }, microsoft),
    clock,
  });
  const to = { service: `${base}/`, conversation, place: 'a place', bot: `28:${appId}`, kind: 'personal' };
  return {
    client: createChannelClient({ connector, endpoints, log, ...alone, chosen: () => Promise.resolve(null) }),
    to,
    bent: ['https://evil.test/', `${base}.evil.test/`, `${base}/../#`, ''].map((service) => ({ ...to, service })),
    given: () =>
      asked.map(({ method, path, body }, i) => ({
        ref: method === 'PUT' ? (path.split('/').at(-1) ?? '') : `sent-${i + 1}`,
        json: JSON.stringify(body),
      })),
    // Whoever is given a token might send it anywhere.
    asked: () => asked.length + (asked.length === 0 ? counts.tokens : 0),
    turn: (farEnd) => (state.faults = farEnd === 'up' ? [] : [faults[farEnd]]),
    secrets: [secret, 'token-1'],
    log,
    close: () => microsoft.close(),
  };
});
