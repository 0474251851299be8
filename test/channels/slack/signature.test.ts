import assert from 'node:assert/strict';
import { checkSignature, signatureOf } from '../../../src/channels/slack/signature.ts';
import { codeOf } from '../../../src/domain/errors.ts';
import { createSlackApp, type SlackApp } from './app.ts';
import { callbackOf, directMessage, secret, signed } from './posts.ts';

const time = '1531420618';
/** The body of Slack's own example. */
const example =
  'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
const vector = 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503';

function verdictOn(body: string, headers: Record<string, string>, secondsLater = 0): string {
  try {
    checkSignature(secret, headers, body, (Number(time) + secondsLater) * 1_000);
    return 'taken';
  } catch (error) {
    return codeOf(error);
  }
}

describe('the signature of Slack', () => {
  const headers = { 'x-slack-request-timestamp': time, 'x-slack-signature': vector };

  it('is Slack’s own example', () => {
    assert.equal(signatureOf(secret, time, example), vector);
    assert.equal(verdictOn(example, headers), 'taken');
  });

  it('is good for five minutes, before and after', () => {
    const seconds = [-301, -300, -299, 0, 299, 300, 301];
    assert.deepEqual(
      seconds.map((later) => verdictOn(example, headers, later)),
      seconds.map((later) => (Math.abs(later) > 300 ? 'signature-invalid' : 'taken')),
    );
  });

  it('must be there, once, with its time', () => {
    for (const wrong of [
      { 'x-slack-request-timestamp': time },
      { 'x-slack-signature': vector },
      { ...headers, 'x-slack-signature': '' },
      { ...headers, 'x-slack-signature': vector.toUpperCase() },
      { ...headers, 'x-slack-signature': vector.replace('v0', 'v1') },
      { ...headers, 'x-slack-signature': `${vector}, ${vector}` },
      { ...headers, 'x-slack-request-timestamp': `${time}.0` },
      { ...headers, 'x-slack-request-timestamp': `0${time}` },
      { ...headers, 'x-slack-request-timestamp': 'NaN' },
    ])
      assert.equal(verdictOn(example, wrong as unknown as Record<string, string>), 'signature-invalid');
  });
});

describe('a post to the Slack channel', () => {
  let app: SlackApp;
  beforeEach(async () => {
    app = await createSlackApp('http://127.0.0.1:1/api/', { answers: false });
  });
  afterEach(() => app.world.close());

  it('is refused with any bit of its body, time or signature changed, and nothing is stored of it', async () => {
    const good = signed(JSON.stringify(callbackOf(directMessage('Grüße'))), app.clock.now());
    const changed = [
      ...flips(Buffer.from(good.body)).map((body) => ({ ...good, body })),
      ...['x-slack-request-timestamp', 'x-slack-signature'].flatMap((name) =>
        flips(Buffer.from(good.headers[name] ?? '')).map((value) => ({
          ...good,
          headers: { ...good.headers, [name]: value.toString('latin1') },
        })),
      ),
    ];
    for (const post of changed) assert.equal((await app.post('/slack/events', post)).status, 401);
    assert.ok(changed.length > 5_000);
    assert.deepEqual(await app.refused(), Array(changed.length).fill('slack-signature'));
    assert.deepEqual(await app.stored(), []);
    assert.equal((await app.post('/slack/events', good)).status, 200);
    assert.equal((await app.stored()).length, 1);
  });

  it('is refused 301 seconds from now, both ways, and taken at 299', async () => {
    const body = JSON.stringify(callbackOf(directMessage('hello')));
    for (const [seconds, status] of [
      [-301, 401],
      [301, 401],
      [-299, 200],
      [299, 200],
    ] as const)
      // prettier-ignore
      assert.equal((await app.post('/slack/events', signed(body, app.clock.now() + seconds * 1_000))).status, status);
  });

  it('is not looked into before its signature is right', async () => {
    const post = { body: '{"type":', headers: signed('x', app.clock.now()).headers };
    assert.equal((await app.post('/slack/events', post)).status, 401);
    assert.equal((await app.post('/slack/actions', post)).status, 401);
  });
});

/** The bytes with each of their bits changed. */
function flips(bytes: Buffer): Buffer[] {
  return Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return flipped;
  });
}
