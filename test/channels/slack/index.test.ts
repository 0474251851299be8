import assert from 'node:assert/strict';
import type { Wire } from '../../../src/channels/wire.ts';
import { slackInTests, type SlackApp } from './app.ts';
import { bot, callbackOf, directMessage, formOf, mention, pressOf, signed } from './posts.ts';

describe('the Slack channel', () => {
  const { api, open } = slackInTests();
  let app: SlackApp;
  const raw = (body: string, path = '/slack/events') => app.post(path, signed(body, app.clock.now()));

  it('answers Slack’s challenge, and only with a signature', async () => {
    app = await open({ settings: { appId: 'A1', teams: ['T1'] } });
    const body = JSON.stringify({ token: 'x', challenge: '3eZbrw1aB', type: 'url_verification' });
    assert.equal((await raw(body)).body, '{"challenge":"3eZbrw1aB"}');
    assert.equal((await app.post('/slack/events', { body, headers: {} })).status, 401);
  });

  it('stores an event before it answers, and once, though it comes ten times at once and again with another id', async () => {
    app = await open();
    const retry = { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' };
    const body = JSON.stringify(callbackOf(directMessage('hello')));
    const posts = Array.from({ length: 10 }, () => app.post('/slack/events', signed(body, app.clock.now(), retry)));
    await Promise.race(posts);
    assert.equal((await app.stored()).length >= 1, true);
    assert.deepEqual(new Set((await Promise.all(posts)).map(({ status }) => status)), new Set([200]));
    await app.event(directMessage('hello'), { event_id: 'EvOther' });
    await app.quiet();
    const byThem = (await app.stored()).filter(({ type }) => type === 'message');
    assert.equal(byThem.length, 1);
    assert.equal(api.of('chat.postMessage').length, (await app.stored()).length - 1);
  });

  it('takes a message that mentions it once, though Slack tells of it twice', async () => {
    app = await open();
    await app.event(mention(`<@${bot}> how do I get an API key?`), { event_id: 'Ev1' });
    const twin = { ...mention(`<@${bot}> how do I get an API key?`), type: 'message', channel_type: 'channel' };
    await app.event(twin, { event_id: 'Ev2' });
    await app.quiet();
    const stored = await app.stored('T1|C1|1795342320.000200');
    assert.equal(stored.filter(({ type }) => type === 'message').length, 1);
    for (const { body } of api.of('chat.postMessage'))
      assert.deepEqual([body.channel, body.thread_ts], ['C1', '1795342320.000200']);
  });

  it('takes the longest message there is, in any script, and says that it was cut', async () => {
    app = await open();
    const text = 'я'.repeat(40_000);
    const escaped = JSON.stringify(callbackOf(directMessage(text))).replaceAll('я', '\\u044f');
    assert.ok(escaped.length > 480_000, `${escaped.length} bytes`);
    assert.equal((await raw(escaped)).status, 200);
    await app.quiet();
    assert.match(JSON.stringify(api.of('chat.postMessage')), /only its beginning|4,000/);
  });

  it('takes corrected words as said anew, and keeps nothing of what was corrected or deleted', async () => {
    app = await open();
    const change = (subtype: string, over: Wire): Wire => ({
      ...{ type: 'message', subtype, hidden: true, channel: 'D1', channel_type: 'im', ts: '1795342390.000900' },
      ...over,
    });
    const was = { type: 'message', user: 'U1', ts: '1795342320.000100', text: 'my cat is called Miezi' };
    await app.event(directMessage(was.text));
    const edited = { user: 'U1', ts: '1795342390.000000' };
    const now = { ...was, text: 'how do I get an API key?', edited };
    await app.event(change('message_changed', { message: now, previous_message: was }));
    await app.quiet();
    assert.match(JSON.stringify(api.of('chat.postMessage')), /API key/);
    const late = { ...was, ts: '1795342320.000300', text: 'my dog is called Bello' };
    await app.event(change('message_deleted', { deleted_ts: late.ts, previous_message: late }));
    await app.event(directMessage(late.text, { ts: late.ts }));
    await app.quiet();
    const stored = JSON.stringify(await app.stored());
    assert.match(stored, /how do I get an API key/);
    assert.doesNotMatch(stored, /Miezi|Bello/);
  });

  it('does nothing about bots, itself, edits and news of other kinds, and is content', async () => {
    app = await open();
    const events: Wire[] = [
      directMessage('x', { bot_id: 'B9' }),
      directMessage('x', { user: bot }),
      directMessage('x', { subtype: 'message_changed', hidden: true }),
      { type: 'member_joined_channel', user: 'U1', channel: 'C1', event_ts: '1.2' },
      { type: 'something_new', event_ts: '1.2' },
    ];
    for (const event of events) assert.deepEqual(await app.event(event), { status: 200, type: 'text/plain', body: '' });
    assert.equal((await raw('{"type":"something_new"}')).status, 200);
    await app.quiet();
    assert.deepEqual([await app.stored(), api.calls, app.log.lines], [[], [], []]);
  });

  it('serves only its app and the workspaces that are listed', async () => {
    app = await open({ settings: { appId: 'A1', teams: ['T1', 'T2'] } });
    assert.equal((await app.event(directMessage('one'), { api_app_id: 'A2' })).status, 200);
    assert.equal((await app.event(directMessage('two'), { team_id: 'T3', context_team_id: 'T3' })).status, 200);
    assert.equal(
      (await app.press(pressOf('Yes', { team: { id: 'T3' }, user: { id: 'U1', team_id: 'T3' } }))).status,
      200,
    );
    assert.equal((await app.press(pressOf('Yes', { team: null, user: { id: 'U1' } }))).status, 200);
    assert.deepEqual(await app.refused(), ['slack-app', 'slack-team', 'slack-team', 'slack-team']);
    assert.deepEqual(await app.stored(), []);
    await app.event(directMessage('three'), { team_id: 'T2', context_team_id: 'T2' });
    assert.equal((await app.stored('T2|D1')).length, 1);
  });

  it('tells what is no JSON, too deep or not shaped as Slack says, with an error that is the sender’s', async () => {
    app = await open();
    const deep = `{"type":"x","a":${'['.repeat(100)}${']'.repeat(100)}}`;
    for (const body of ['', '{', '[]', 'null', '1', '{"type":1}', '{"type":"event_callback"}', deep])
      assert.equal((await raw(body)).status, 400, body);
    for (const form of ['', 'x=1', 'payload=', 'payload=%7B'])
      assert.equal((await raw(form, '/slack/actions')).status, 400);
    for (const payload of [{}, [], null, { type: 'view_submission' }, { type: 'block_actions' }])
      assert.equal((await raw(formOf(payload as Wire), '/slack/actions')).status, 200);
    assert.equal((await raw(`{"a":"${'x'.repeat(2_100_000)}"}`)).status, 413);
  });

  it('lets the operator know that Slack holds events back', async () => {
    app = await open();
    await raw(JSON.stringify({ type: 'app_rate_limited', team_id: 'T1', api_app_id: 'A1', minute_rate_limited: 1 }));
    assert.equal(app.log.lines[0]?.level, 'warn');
  });

  it('says later what Slack did not take now, once and in order', async () => {
    app = await open();
    // Who writes is asked first.
    api.faults.push({ body: '{"ok":false,"error":"missing_scope"}' });
    api.faults.push({ status: 429, headers: { 'retry-after': '30' }, body: '' });
    await app.event(directMessage('how do I get an API key?'));
    await app.quiet();
    assert.equal(api.of('chat.postMessage').length, 1);
    app.clock.forward(29_999);
    await app.takeUp();
    assert.equal(api.of('chat.postMessage').length, 1);
    app.clock.forward(1);
    await app.takeUp();
    const [refused, ...said] = api.of('chat.postMessage').map(({ body }) => body.text);
    assert.equal(refused, said[0]);
    assert.equal(new Set(said).size, said.length);
    assert.equal(said.length, (await app.stored()).length - 1);
  });

  it('welcomes once, and shows what to begin with whenever its page is opened', async () => {
    app = await open();
    const opened = { type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'messages', event_ts: '1.2' };
    await app.event(opened);
    await app.event({ ...opened, event_ts: '1.3' });
    await app.quiet();
    assert.equal(api.of('chat.postMessage').length, 1);
    assert.match(String(api.of('chat.postMessage')[0]?.body.text), /automated assistant/);
    const shown = api.of('assistant.threads.setSuggestedPrompts').map(({ body }) => body);
    const prompts = [
      { title: 'I get access denied', message: 'I get access denied' },
      { title: 'How much have I used?', message: 'How much have I used?' },
    ];
    assert.deepEqual(shown, [
      { channel_id: 'D1', prompts },
      { channel_id: 'D1', prompts },
    ]);
  });

  it('welcomes in an assistant’s thread, and shows there that it is looking', async () => {
    app = await open();
    const thread = { user_id: 'U1', channel_id: 'D1', thread_ts: '1795342300.000100', context: {} };
    await app.event({ type: 'assistant_thread_started', assistant_thread: thread, event_ts: '1.2' });
    await app.event(directMessage('hello', { thread_ts: thread.thread_ts }));
    await app.quiet();
    assert.equal(api.of('assistant.threads.setSuggestedPrompts')[0]?.body.thread_ts, thread.thread_ts);
    assert.equal(api.of('assistant.threads.setStatus')[0]?.body.thread_ts, thread.thread_ts);
    for (const { body } of api.of('chat.postMessage')) assert.equal(body.thread_ts, thread.thread_ts);
  });

  it('goes on where Slack shows neither prompts nor a status', async () => {
    app = await open();
    api.faults.push({ body: '{"ok":false,"error":"missing_scope"}' });
    await app.event({ type: 'app_home_opened', user: 'U1', channel: 'D1', event_ts: '1.2' });
    await app.quiet();
    assert.deepEqual(
      app.log.lines.filter(({ level }) => level !== 'info'),
      [],
    );
  });
});
