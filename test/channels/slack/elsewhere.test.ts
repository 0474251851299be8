import assert from 'node:assert/strict';
import type { Wire } from '../../../src/channels/wire.ts';
import { createSlackApp, type Differences, type SlackApp } from './app.ts';
import { startSlackApi } from './far-end.ts';
import { commandOf, directMessage, shortcutOf } from './posts.ts';

const complaint = 'You have no permission to export <https://a.test/x|this>.';

describe('what is asked in Slack outside of direct messages', () => {
  let api: Awaited<ReturnType<typeof startSlackApi>>;
  let app: SlackApp;
  before(async () => {
    api = await startSlackApi();
  });
  after(() => api.stop());
  afterEach(async () => {
    await app.quiet();
    await app.world.close();
    api.calls.length = 0;
    api.faults.length = 0;
  });
  const open = async (differs?: Differences) => {
    app = await createSlackApp(api.url, differs);
  };
  const words = async () =>
    (await app.stored()).flatMap((one) => (one.type === 'message' ? [{ text: one.text, by: one.author }] : []));
  const toldOnly = () => api.calls.filter(({ body }) => body.response_type === 'ephemeral');

  it('is answered there: a command, with the feature behind it or without', async () => {
    await open();
    const ack = await app.command(commandOf('exports'));
    assert.equal(ack.status, 200);
    assert.match(String(ack.body), /"response_type":"ephemeral".*our direct messages/);
    await app.command(commandOf(' ', { trigger_id: '1.2.other' }));
    await app.quiet();
    const by = 'slack|T1|U1';
    assert.deepEqual(await words(), [
      { text: 'I get access denied: exports', by },
      { text: 'I get access denied', by },
    ]);
    assert.equal(new Set(api.of('chat.postMessage').map(({ body }) => body.channel)).size, 1);
    assert.equal(api.of('chat.postMessage')[0]?.body.channel, 'D1');
    assert.deepEqual(toldOnly(), []);
  });

  it('is answered there: a message on which somebody takes the shortcut, and only they read where', async () => {
    await open();
    assert.deepEqual(await app.press(shortcutOf(complaint)), { status: 200, type: 'text/plain', body: '' });
    await app.press(shortcutOf('', { trigger_id: '1.2.other' }));
    await app.quiet();
    const texts = (await words()).map(({ text }) => text);
    assert.deepEqual(texts, ['You have no permission to export this (https://a.test/x).', 'I get access denied']);
    assert.deepEqual(
      toldOnly().map(({ method }) => method),
      ['app/1', 'app/1'],
    );
    assert.match(JSON.stringify(toldOnly()[0]), /our direct messages/);
  });

  it('goes on in the same talk as what is written there', async () => {
    await open();
    await app.event(directMessage('hello'));
    await app.command(commandOf('exports'));
    await app.quiet();
    assert.deepEqual((await words()).length, 2);
  });

  it('has an answer before the direct messages are open', async () => {
    await open();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    api.state.answersOpening = promise;
    assert.equal((await app.command(commandOf('exports'))).status, 200);
    assert.equal((await app.press(shortcutOf(complaint))).status, 200);
    assert.deepEqual(await app.stored(), []);
    resolve(undefined);
    await app.quiet();
    assert.equal((await words()).length, 2);
  });

  it('is not lost silently: whoever asked reads that there are no direct messages', async () => {
    await open();
    const closed = { body: '{"ok":false,"error":"missing_scope"}' };
    api.faults.push(closed);
    await app.command(commandOf('exports'));
    await app.quiet();
    api.faults.push(closed);
    await app.press(shortcutOf(complaint));
    await app.quiet();
    assert.deepEqual(await app.stored(), []);
    assert.deepEqual(
      toldOnly().map(({ method, body }) => [method, String(body.text).includes('couldn’t open our direct messages')]),
      [
        ['commands/1', true],
        ['app/1', true],
      ],
    );
    assert.doesNotMatch(JSON.stringify(app.log.lines), /export/);
  });

  it('says nothing to an address that is none of Slack’s', async () => {
    await open();
    const elsewhere: Wire = { response_url: `${api.url}app/1` };
    await app.press(shortcutOf(complaint, elsewhere));
    await app.quiet();
    assert.deepEqual([toldOnly(), (await words()).length], [[], 1]);
  });

  it('is served only for its app and the workspaces that are listed, and only as Slack shapes it', async () => {
    await open({ settings: { appId: 'A1', teams: ['T1'] } });
    await app.command(commandOf('x', { api_app_id: 'A2' }));
    await app.command(commandOf('x', { team_id: 'T2' }));
    await app.press(shortcutOf('x', { team: { id: 'T2' }, user: { id: 'U1', team_id: 'T2' } }));
    await app.press(shortcutOf('x', { callback_id: 'another' }));
    assert.equal((await app.command(commandOf('x', { user_id: 'U1|U2' }))).status, 400);
    assert.equal((await app.command('text=x')).status, 400);
    await app.quiet();
    assert.deepEqual(await app.refused(), ['slack-app', 'slack-team', 'slack-team']);
    assert.deepEqual([await app.stored(), api.calls], [[], []]);
  });
});
