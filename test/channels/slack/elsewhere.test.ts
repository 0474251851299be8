import assert from 'node:assert/strict';
import type { Wire } from '../../../src/channels/wire.ts';
import { fillDisk } from '../../support/databases.ts';
import { slackInTests, type SlackApp } from './app.ts';
import { commandOf, directMessage, shortcutOf } from './posts.ts';

const silent = { status: 200, type: 'text/plain', body: '' };
const answered = 'You’ll find my answer in our private chat; nobody else can read it.';
const complaint = 'You have no permission to export <https://a.test/x|this>.';

describe('what is asked in Slack outside of direct messages', () => {
  const { api, open, end } = slackInTests();
  let app: SlackApp;
  const words = async () =>
    (await app.stored()).flatMap((one) => (one.type === 'message' ? [{ text: one.text, by: one.author }] : []));
  const inStore = () => app.world.db.selectFrom('activities').selectAll().execute();
  /** What only whoever asked reads, and where. */
  const told = () =>
    api.calls.flatMap(({ method, body }) =>
      body.response_type === 'ephemeral' || method === 'chat.postEphemeral'
        ? [[method, String(body.text)] as const]
        : [],
    );

  it('is answered there: a command, with the feature behind it or without, and only they read where', async () => {
    app = await open();
    assert.deepEqual(await app.command(commandOf('exports')), silent);
    await app.command(commandOf(' ', { trigger_id: '1.2.other' }));
    await app.quiet();
    const by = 'slack|T1|U1';
    assert.deepEqual(await words(), [
      { text: 'I get access denied: exports', by },
      { text: 'I get access denied', by },
    ]);
    assert.deepEqual(new Set(api.of('chat.postMessage').map(({ body }) => body.channel)), new Set(['D1']));
    assert.deepEqual(told(), [
      ['commands/1', answered],
      ['commands/1', answered],
    ]);
  });

  it('is answered there: a message on which somebody takes the shortcut, and only they read where', async () => {
    app = await open();
    assert.deepEqual(await app.press(shortcutOf(complaint)), silent);
    await app.press(shortcutOf('', { trigger_id: '1.2.other' }));
    await app.quiet();
    const texts = (await words()).map(({ text }) => text);
    assert.deepEqual(texts, ['You have no permission to export this (https://a.test/x).', 'I get access denied']);
    assert.deepEqual(told(), [
      ['app/1', answered],
      ['app/1', answered],
    ]);
  });

  it('goes on in the same talk as what is written there', async () => {
    app = await open();
    await app.event(directMessage('hello'));
    await app.command(commandOf('exports'));
    await app.quiet();
    assert.deepEqual((await words()).length, 2);
  });

  it('is acknowledged when it is stored, and does not wait until the direct messages are open', async () => {
    app = await open();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    api.state.answersOpening = promise;
    for (const ask of [() => app.command(commandOf('exports')), () => app.press(shortcutOf(complaint))]) {
      const before = (await inStore()).length;
      assert.deepEqual(await ask(), silent);
      assert.equal((await inStore()).length, before + 1);
    }
    assert.deepEqual(await words(), []);
    resolve(undefined);
    await app.quiet();
    assert.equal((await words()).length, 2);
  });

  it('comes once, where the process ends before the direct messages are open, or before it keeps that they were', async () => {
    for (const ends of ['before', 'after'] as const) {
      app = await open({ answers: ends === 'after' });
      const room = await fillDisk(app.world.db, 'insert on activities when new.author is null');
      assert.deepEqual(await app.command(commandOf('exports')), silent);
      await app.quiet();
      assert.equal((await words()).length, ends === 'after' ? 1 : 0);
      await room();
      for (const again of [1, 2]) {
        await app.takeUp();
        assert.equal((await words()).length, 1, `taken up ${again} times, ended ${ends}`);
      }
      const toThem = api.of('chat.postMessage').map(({ body }) => String(body.text));
      assert.equal(toThem.filter((text) => text.includes('automated assistant')).length, 1);
      assert.deepEqual(told(), [['commands/1', answered]]);
      await end();
    }
  });

  it('is not lost silently: whoever asked reads that there are no direct messages', async () => {
    app = await open();
    const closed = { body: '{"ok":false,"error":"missing_scope"}' };
    for (const ask of [() => app.command(commandOf('exports')), () => app.press(shortcutOf(complaint))]) {
      api.faults.push(closed);
      await ask();
      await app.quiet();
    }
    assert.deepEqual(await app.stored(), []);
    assert.deepEqual(
      told().map(([where, text]) => [where, text.includes('couldn’t open a private chat')]),
      [
        ['commands/1', true],
        ['app/1', true],
      ],
    );
    assert.doesNotMatch(JSON.stringify(app.log.lines), /export/);
  });

  it('loses nothing but the hint where Slack takes that no more, and brings it later where Slack is away', async () => {
    app = await open();
    for (const [status, times] of [
      [404, 1],
      [503, 2],
    ] as const) {
      api.calls.length = 0;
      // The direct messages are open, and then the hint.
      api.state.answersHint = () => (told().length < times ? { status } : {});
      await app.command(commandOf('exports', { trigger_id: `1.2.${status}` }));
      await app.quiet();
      app.clock.forward(60_000);
      await app.takeUp();
      assert.equal(told().length, status === 404 ? 1 : 2);
    }
    assert.equal((await words()).length, 2);
    assert.deepEqual(
      app.log.lines.filter(({ level }) => level === 'error'),
      [],
    );
  });

  it('calls no address that is none of Slack’s, and says it in the channel then', async () => {
    app = await open();
    const elsewhere: Wire = { response_url: `${api.url}app/1` };
    await app.press(shortcutOf(complaint, elsewhere));
    await app.quiet();
    assert.deepEqual([told(), (await words()).length], [[['chat.postEphemeral', answered]], 1]);
    assert.deepEqual(
      api.of('chat.postEphemeral').map(({ body }) => [body.channel, body.user]),
      [['C1', 'U1']],
    );
  });

  it('is served only for its app and the workspaces that are listed, and only as Slack shapes it', async () => {
    app = await open({ settings: { appId: 'A1', teams: ['T1'] } });
    await app.command(commandOf('x', { api_app_id: 'A2' }));
    await app.command(commandOf('x', { team_id: 'T2' }));
    await app.press(shortcutOf('x', { team: { id: 'T2' }, user: { id: 'U1', team_id: 'T2' } }));
    await app.press(shortcutOf('x', { callback_id: 'another' }));
    assert.equal((await app.command(commandOf('x', { user_id: 'U1|U2' }))).status, 400);
    assert.equal((await app.command('text=x')).status, 400);
    await app.quiet();
    assert.deepEqual(await app.refused(), ['slack-app', 'slack-team', 'slack-team']);
    assert.deepEqual([await inStore(), api.calls], [[], []]);
  });
});
