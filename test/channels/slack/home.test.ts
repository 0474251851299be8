import assert from 'node:assert/strict';
import type { Wire } from '../../../src/channels/wire.ts';
import type { SubjectFields } from '../../../src/domain/subject.ts';
import { slackInTests, type SlackApp } from './app.ts';
import { directMessage, homeOpened, homePressOf } from './posts.ts';

const ada: SubjectFields = { accountId: 'acct_42', userId: 'usr_7', verifiedBy: 'signed-identity', name: 'Ada' };
const account = /Starter|tokens|subscription|LK-/;

describe('the app’s own page in Slack', () => {
  const slack = slackInTests();
  const { api } = slack;
  let app: SlackApp;
  let opened: number;
  beforeEach(async () => {
    opened = 0;
    app = await slack.open();
    await app.world.change('account of over-limit');
  });

  /** Slack tells of it; each opening has an id of its own. */
  async function open(over: Wire = {}) {
    opened += 1;
    assert.equal((await app.event(homeOpened(over), { event_id: `EvHome${opened}` })).status, 200);
  }
  async function connect() {
    await app.event(directMessage(await app.codeFor(ada)));
    await app.quiet();
  }
  const shown = () => api.of('views.publish').map(({ body }) => body.view as Wire);
  const page = async () => {
    await open();
    await app.quiet();
    return JSON.stringify(shown().at(-1)?.blocks ?? assert.fail('no page'));
  };

  it('tells whoever is not known how to connect, and nothing of any account', async () => {
    const told = await page();
    assert.match(told, /write “connect Slack”.*send me the code/);
    assert.doesNotMatch(told, account);
    assert.equal(app.world.api.reads(), 0);
    assert.equal(api.of('views.publish')[0]?.body.user_id, 'U1');
  });

  it('says what the account says, with the reset, and the tickets that are open', async () => {
    await connect();
    const told = await page();
    assert.match(told, /What your account says.*Starter.*500,000 of 500,000 tokens used\. It resets on .*Read from/s);
    assert.doesNotMatch(told, /LK-/);
    await app.event(directMessage('Talk to a person', { ts: '1795342320.000900' }));
    await app.quiet();
    app.clock.forward(10_000);
    assert.match(await page(), /Your open tickets.*LK-/s);
  });

  it('is nobody else’s: who opens theirs reads nothing of it', async () => {
    await connect();
    await open({ user: 'U2', channel: 'D2' });
    await app.quiet();
    const [{ body } = assert.fail()] = api.of('views.publish');
    assert.equal(body.user_id, 'U2');
    assert.doesNotMatch(JSON.stringify(body), account);
  });

  it('is not shown where its direct messages are none', async () => {
    await connect();
    await open({ channel: 'C1' });
    await app.quiet();
    assert.deepEqual(shown(), []);
  });

  it('reads the account once, however often it is opened within seconds', async () => {
    await connect();
    const before = app.world.api.reads();
    app.clock.forward(60_000);
    await Promise.all(Array.from({ length: 10 }, () => open()));
    await app.quiet();
    assert.deepEqual([app.world.api.reads() - before, shown().length], [1, 1]);
    app.clock.forward(10_000);
    await page();
    assert.equal(shown().length, 2);
  });

  it('does not hold up Slack’s answer', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    api.state.answersOpening = promise;
    await open();
    resolve(undefined);
    await app.quiet();
    assert.equal(shown().length, 1);
  });

  it('says so where the account cannot be read, and is shown anew where Slack did not take it', async () => {
    await connect();
    await app.world.change('api down');
    app.clock.forward(60_000);
    assert.match(await page(), /couldn’t read that from your account/);
    app.clock.forward(10_000);
    api.faults.push({ body: '{"ok":false,"error":"internal_error"}' });
    await page();
    await page();
    assert.equal(shown().length, 3);
    assert.deepEqual(
      app.log.lines.filter(({ message }) => message.includes('page of the app')).map(({ level }) => level),
      ['info'],
    );
  });

  it('has buttons that begin a talk in direct messages, for whom it was shown alone', async () => {
    await page();
    const [view = assert.fail()] = shown();
    assert.match(JSON.stringify(view.blocks), /"actions".*I get access denied.*How much have I used\?/);
    await app.press(homePressOf('How much have I used?', view));
    for (const over of [
      { user: { id: 'U2', team_id: 'T1' } },
      { team: { id: 'T9' }, user: { id: 'U1', team_id: 'T9' } },
    ])
      await app.press(homePressOf('Not mine', view, { ...over, trigger_id: '9.9' }));
    for (const private_metadata of ['', '{"team":"T1","user":"U1","channel":"C1"}'])
      await app.press(homePressOf('Nowhere', { ...view, private_metadata }, { trigger_id: '9.9' }));
    await app.quiet();
    const words = (await app.stored()).flatMap((one) => (one.type === 'message' ? [one.text] : []));
    assert.deepEqual(words, ['How much have I used?']);
    assert.equal(api.of('chat.postMessage').at(-1)?.body.channel, 'D1');
  });
});
