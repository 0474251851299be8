import assert from 'node:assert/strict';
import { Webhook } from 'standardwebhooks';
import { createWebhook, signed } from '../../src/desks/webhook/index.ts';
import { webhookKey, webhookUrl } from '../../src/desks/webhook/settings.ts';
import type { SupportError } from '../../src/domain/errors.ts';
import { fakeClock } from '../support/fakes.ts';
import { deskContract, ticketNumbered } from './contract.ts';
import { filed, later } from './tickets.ts';
import { reply, isSigned, startReceiver } from './receiver.ts';

const secret = `whsec_${Buffer.from('a secret of thirty-two bytes, ok').toString('base64')}`;
const keyOf = (text: string) => webhookKey(text) ?? assert.fail('no key');
const clock = fakeClock();

async function start(deadlineMs?: number) {
  const receiver = await startReceiver(secret);
  const needs = { url: new URL(receiver.url), key: keyOf(secret), fetch, clock };
  const desk = createWebhook({
    ...needs,
    toJson: ({ number, problem }) => ({ number, problem }),
    transcriptOf: () => Promise.resolve([]),
    ...(deadlineMs !== undefined && { deadlineMs }),
  });
  return { receiver, desk };
}

const textIn = (body: string) => (JSON.parse(body) as { data: { text: string } }).data.text;

deskContract('webhook', ['down', 'refusing', 'late'], async () => {
  const { receiver, desk } = await start(400);
  return {
    desk,
    taken: () => Promise.resolve([...receiver.kept.keys()].filter((id) => !id.includes('/'))),
    added: (number) => [...receiver.kept].flatMap(([id, body]) => (id.startsWith(`${number}/`) ? [textIn(body)] : [])),
    turn(farEnd) {
      receiver.answer = (answer, message) => {
        // Whoever answers with an error may well repeat what it was sent.
        if (farEnd === 'down') {
          reply(answer, 503, message.body + secret);
          return;
        }
        if (farEnd === 'refusing') {
          reply(answer, 422, message.body + secret);
          return;
        }
        if (farEnd === 'late') receiver.keep(message);
        else receiver.take(answer, message);
      };
    },
    secrets: [secret, secret.slice('whsec_'.length), 'a secret of thirty-two bytes'],
    close: () => receiver.close(),
  };
});

describe('a webhook', () => {
  let open: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => (open = await start()));
  afterEach(() => open.receiver.close());
  const take = () => open.desk.take(ticketNumbered('LK-7'), { again: false });
  const failure = () =>
    take().then(
      () => assert.fail('taken'),
      (error: unknown) => error as SupportError,
    );
  const answering = (status: number, headers: Record<string, string> = {}) =>
    (open.receiver.answer = (answer) => reply(answer, status, 'words '.repeat(100), headers));

  it('posts the ticket as JSON, with its number as the message’s id, when it was opened, and when it is sent', async () => {
    await take();
    const [{ method, headers, body } = assert.fail(), ...more] = open.receiver.messages;
    assert.deepEqual([method, headers['content-type'], more], ['POST', 'application/json', []]);
    assert.deepEqual([headers['webhook-id'], headers['webhook-timestamp']], ['LK-7', String(clock.now() / 1_000)]);
    const { problem } = ticketNumbered('LK-7');
    const data = { number: 'LK-7', problem, transcript: [] };
    assert.deepEqual(JSON.parse(body), { type: 'ticket.created', timestamp: '2026-11-22T10:00:00.000Z', data });
  });

  it('posts what is written later as a message of its own, signed, with its id and time the same at every attempt', async () => {
    const at = filed(ticketNumbered('LK-7'), 'webhook', null);
    const text = 'Still <b>locked</b>';
    for (const again of [false, true]) await open.desk.add(at, later(17, text), { again });
    const [message = assert.fail(), copy, ...more] = open.receiver.messages;
    assert.deepEqual([copy, more], [message, []]);
    assert.equal(message.headers['webhook-id'], 'LK-7/17');
    assert.ok(isSigned(secret, message));
    const when = '2026-11-22T10:17:00.000Z';
    const data = { version: 1, number: 'LK-7', text, at: when, seq: 17 };
    assert.deepEqual(JSON.parse(message.body), { type: 'ticket.message', timestamp: when, data });
  });

  it('signs what it sends: another body, id, time or secret is not signed', async () => {
    await take();
    const [message = assert.fail()] = open.receiver.messages;
    assert.ok(isSigned(secret, message));
    assert.ok(!isSigned(secret, { ...message, body: `${message.body} ` }));
    for (const header of ['webhook-id', 'webhook-timestamp'])
      assert.ok(!isSigned(secret, { ...message, headers: { ...message.headers, [header]: '1' } }));
    assert.ok(!isSigned(`whsec_${Buffer.alloc(32).toString('base64')}`, message));
  });

  it('signs as the library of Standard Webhooks checks', async () => {
    const { url } = open.receiver;
    const now = { now: () => Date.now() };
    const desk = createWebhook({
      url: new URL(url),
      key: keyOf(secret),
      fetch,
      clock: now,
      toJson: ({ number }) => ({ number }),
      transcriptOf: () => Promise.resolve([]),
    });
    await desk.take(ticketNumbered('LK-7'), { again: false });
    const [{ headers, body } = assert.fail()] = open.receiver.messages;
    const judge = new Webhook(secret);
    const given = headers as Record<string, string>;
    assert.deepEqual(judge.verify(body, given), JSON.parse(body));
    assert.throws(() => judge.verify(`${body} `, given), /signature/);
  });

  it('signs the example of Standard Webhooks as its text does', () => {
    const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', seconds: 1614265330, body: '{"test": 2432232314}' };
    assert.deepEqual(signed(keyOf('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'), message), {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  for (const status of [200, 201, 202, 204, 299])
    it(`is taken when the answer is ${status}`, async () => {
      open.receiver.answer = (answer) => reply(answer, status);
      await take();
    });

  for (const status of [408, 409, 423, 425, 429, 500, 502, 503, 504, 599])
    it(`is tried again when the answer is ${status}`, async () => {
      answering(status);
      const { code, message, retryAfterMs } = await failure();
      assert.deepEqual([code, message, retryAfterMs], ['desk-unavailable', `The desk answered ${status}.`, null]);
    });

  for (const status of [301, 302, 307, 308, 400, 401, 403, 404, 410, 413, 422])
    it(`is refused when the answer is ${status}, and goes nowhere else`, async () => {
      answering(status, { location: open.receiver.url });
      const { code, message } = await failure();
      assert.deepEqual([code, message], ['desk-refused', `The desk answered ${status}.`]);
      assert.equal(open.receiver.messages.length, 1);
    });

  const date = 'Sun, 22 Nov 2026 09:00:00 GMT';
  const waits: readonly (readonly [string, number | null])[] = [
    ['120', 120_000],
    ['0', 0],
    ['Sun, 22 Nov 2026 09:01:30 GMT', 90_000],
    ['Sun, 22 Nov 2026 08:00:00 GMT', 0],
    ['soon', null],
    ['-5', null],
  ];
  for (const [after, ms] of waits)
    it(`says how long to wait when the answer says “${after}”`, async () => {
      answering(429, { 'retry-after': after, date });
      assert.equal((await failure()).retryAfterMs, ms);
    });

  it('is tried again when nobody listens, or the connection breaks', async () => {
    open.receiver.answer = (answer) => void answer.destroy();
    assert.equal((await failure()).code, 'desk-unavailable');
    open.receiver.close();
    assert.equal((await failure()).code, 'desk-unavailable');
  });

  it('is taken when the answer’s body never ends or is long: the status was told', async () => {
    open.receiver.answer = (answer) => void answer.write('x'.repeat(1_000_000));
    await take();
    open.receiver.close();
    open = await start(100);
    open.receiver.answer = (answer) => void answer.write('x');
    await take();
  });

  it('waits 10 seconds for an answer, and would wait 18 seconds for several', async () => {
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    const waited: number[] = [];
    AbortSignal.timeout = (ms) => {
      waited.push(ms);
      return timeout(ms);
    };
    try {
      await take();
    } finally {
      AbortSignal.timeout = timeout;
    }
    assert.deepEqual(waited, [18_000, 10_000]);
  });
});

describe('the settings of a webhook', () => {
  it('take a secret of 24 to 64 bytes', () => {
    const written = (bytes: number) => `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`;
    for (const bytes of [24, 25, 26, 32, 64]) assert.equal(webhookKey(written(bytes))?.symmetricKeySize, bytes);
    for (const bytes of [0, 1, 23, 65, 200]) assert.equal(webhookKey(written(bytes)), null);
    for (const text of ['', 'whsec_', written(32).slice(6), `${written(32)}!`, ` ${written(32)}`])
      assert.equal(webhookKey(text), null);
  });

  it('take an address of http or https without a user', () => {
    assert.equal(webhookUrl('https://desk.example.com/hook?a=b')?.href, 'https://desk.example.com/hook?a=b');
    for (const text of [
      '',
      'desk.example.com',
      'ftp://desk.example.com',
      'https://u:p@desk.example.com',
      'https://u@x.y',
    ])
      assert.equal(webhookUrl(text), null);
  });
});
