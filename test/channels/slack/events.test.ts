import assert from 'node:assert/strict';
import { readSlackEvent } from '../../../src/channels/slack/events.ts';
import { readEnvelope } from '../../../src/channels/slack/envelope.ts';
import { plainText } from '../../../src/channels/slack/plain-text.ts';
import { bot, callbackOf, directMessage, mention } from './posts.ts';

type Fields = Readonly<Record<string, unknown>>;

function heard(event: Fields, over: Fields = {}) {
  const envelope = readEnvelope(JSON.stringify(callbackOf(event, over)));
  return envelope.type === 'event_callback' ? readSlackEvent(envelope) : assert.fail(envelope.type);
}
/** Of what is heard, what a row of the table says. */
function told(event: Fields, over?: Fields) {
  const { place, shared, user, eventId, to, message } = (heard(event, over) ?? assert.fail('nothing was heard')).event;
  return { place, shared, user, eventId, to, said: message?.text ?? null };
}

const inDirect = { place: 'T1|D1', shared: false, user: 'slack|T1|U1', to: { channel: 'D1', thread: null } };
const inThread = {
  ...{ place: 'T1|C1|1795342320.000200', shared: true, user: 'slack|T1|U1', eventId: 'C1|1795342320.000200' },
  to: { channel: 'C1', thread: '1795342320.000200', begun: true },
};

describe('an event of Slack', () => {
  it('is a direct message', () => {
    const eventId = 'D1|1795342320.000100';
    assert.deepEqual(told(directMessage('I get &lt;denied&gt;')), { ...inDirect, eventId, said: 'I get <denied>' });
    const root = { thread_ts: '1795342320.000100' };
    assert.deepEqual(told(directMessage('the root of a thread', root)).place, 'T1|D1');
  });

  it('is a message in a thread beside the direct messages, which is a talk of its own', () => {
    const { place, to } = told(directMessage('hello', { thread_ts: '1795342300.000100' }));
    assert.deepEqual([place, to], ['T1|D1|1795342300.000100', { channel: 'D1', thread: '1795342300.000100' }]);
  });

  it('is a mention, which is answered in its thread, where others read along', () => {
    assert.deepEqual(told(mention(`<@${bot}> I get access denied`)), { ...inThread, said: 'I get access denied' });
    const later = told(
      mention(`still, <@${bot}|latchkey>?`, { ts: '1795342399.000300', thread_ts: '1795342320.000200' }),
    );
    assert.deepEqual([later.place, later.eventId, later.said], [inThread.place, 'C1|1795342399.000300', 'still, ?']);
    assert.deepEqual(later.to, { channel: 'C1', thread: '1795342320.000200' });
  });

  it('is the same event as mention and as message of the channel', () => {
    const message = { ...mention(`<@${bot}> hello`), type: 'message', channel_type: 'channel' };
    assert.deepEqual(told(message, { event_id: 'Ev2' }), told(mention(`<@${bot}> hello`), { event_id: 'Ev1' }));
  });

  it('is a mention of the bot where Slack does not tell who that is', () => {
    assert.equal(told(mention('<@U0OTHER> hello'), { authorizations: undefined }).said, 'hello');
    assert.equal(told(mention(`<@${bot}>`)).said, '');
  });

  it('begins a talk: the app’s page is opened, or a thread of an assistant', () => {
    const opened = { type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'messages', event_ts: '1.2' };
    assert.deepEqual(told(opened), { ...inDirect, eventId: 'opened', said: null });
    const thread = { user_id: 'U1', channel_id: 'D1', thread_ts: '1795342300.000100', context: {} };
    const started = told({ type: 'assistant_thread_started', assistant_thread: thread, event_ts: '1.2' });
    assert.deepEqual([started.place, started.said], ['T1|D1|1795342300.000100', null]);
  });

  it('counts the files that came with a message', () => {
    const files = [{ id: 'F1' }, { id: 'F2' }];
    assert.deepEqual(heard(directMessage('look', { subtype: 'file_share', files }))?.event.message, {
      text: 'look',
      files: 2,
    });
  });

  it('of an external person in a shared channel is theirs, and others read along', () => {
    const stranger = mention(`<@${bot}> hello`, { user: 'U9', team: 'T9', user_team: 'T9', source_team: 'T9' });
    assert.deepEqual(told(stranger, { is_ext_shared_channel: true }).user, 'slack|T1|U9');
    assert.equal(told(stranger).shared, true);
  });

  it('is of the workspace that has the app, where a channel is shared with another', () => {
    const theirs = mention(`<@${bot}> hello`, { user: 'U9', team: 'T9' });
    assert.equal(told(theirs, { team_id: 'T9', context_team_id: 'T1' }).place, inThread.place);
    assert.equal(told(theirs, { team_id: 'T1', context_team_id: null }).place, inThread.place);
  });

  it('in a group of people is shared, whatever its id looks like', () => {
    const group = directMessage(`<@${bot}> hi`, { channel: 'G1', channel_type: 'mpim' });
    assert.equal(told(group).shared, true);
    assert.equal(told(directMessage(`<@${bot}> hi`, { channel_type: 'mpim' })).shared, true);
  });

  const ts = '1795342320.000100';
  const edit = (message: Fields, over: Fields = {}) => ({
    ...{ type: 'message', subtype: 'message_changed', hidden: true, channel: 'D1', channel_type: 'im' },
    ...{ ts: '1795342390.000900', message: { type: 'message', user: 'U1', ts, ...message } },
    ...{ previous_message: { type: 'message', user: 'U1', ts, text: 'exprots' }, ...over },
  });
  const edited = { user: 'U1', ts: '1795342390.000000' };

  it('is an edit with the corrected words, and of which message they are', () => {
    const one = heard(edit({ text: 'exports', edited }));
    assert.ok(one?.what === 'edited');
    assert.deepEqual([one.of, one.event.eventId], [`D1|${ts}`, `D1|${ts} edit ${edited.ts}`]);
    assert.deepEqual([one.event.place, one.event.message], ['T1|D1', { text: 'exports', files: 0 }]);
    const inChannel = { channel: 'C1', channel_type: 'channel' };
    const call = heard(edit({ text: `<@${bot}> exports`, edited }, inChannel));
    assert.deepEqual([call?.event.place, call?.event.shared], [`T1|C1|${ts}`, true]);
    assert.equal(heard(edit({ text: 'exports', edited }, inChannel)), null, 'talk among others');
  });

  it('is a deletion without words', () => {
    const deleted = (over: Fields) => ({
      ...{ type: 'message', subtype: 'message_deleted', hidden: true, channel: 'D1', channel_type: 'im' },
      ...{ ts: '1795342390.000900', deleted_ts: ts, previous_message: { type: 'message', user: 'U1', ts, text: 'x' } },
      ...over,
    });
    const one = heard(deleted({}));
    assert.deepEqual([one?.what, one?.event.eventId, one?.event.message], ['deleted', `D1|${ts}`, null]);
    assert.equal(heard(deleted({ channel: 'C1', channel_type: 'channel' })), null, 'talk among others');
    assert.equal(heard(deleted({ previous_message: { type: 'message', user: bot, ts, text: 'ours' } })), null);
  });

  it('has the words of a message that was forwarded, quoted beside words of their own', () => {
    const shared = { is_share: true, is_msg_unfurl: true, text: 'Access &lt;denied&gt;\nat 10:12', author_name: 'Bo' };
    const attachments = [shared, { text: 'a preview of a link', title: 'A page' }];
    assert.equal(told(directMessage('', { attachments })).said, 'Access <denied>\nat 10:12');
    assert.equal(
      told(directMessage('why do I get this?', { attachments })).said,
      'why do I get this?\n\n> Access <denied>\n> at 10:12',
    );
  });

  const nothing: Readonly<Record<string, Fields>> = {
    'the preview of a link, which Slack puts in': edit({ text: 'exprots', edited }),
    'a change that nobody made': edit({ text: 'exports' }),
    'an edit of its own message': edit({ text: 'exports', user: bot, edited }),
    'an edit of a bot’s message': edit({ text: 'exports', bot_id: 'B9', edited }),
    'its own message': directMessage('I am a bot', { user: bot }),
    'a message of a bot': directMessage('I am a bot', { bot_id: 'B9' }),
    'a message of a bot, the old way': directMessage('x', { subtype: 'bot_message', bot_id: 'B9', user: undefined }),
    'an edit': directMessage('x', { subtype: 'message_changed', hidden: true, user: undefined }),
    'a deletion': directMessage('x', { subtype: 'message_deleted', hidden: true, user: undefined }),
    'an edit, told as somebody’s': directMessage('x', { subtype: 'message_changed' }),
    'a reply that is told of': directMessage('x', { subtype: 'message_replied' }),
    'the root of an assistant’s thread': directMessage('New chat', { subtype: 'assistant_app_thread' }),
    'a hidden message': directMessage('x', { hidden: true }),
    'somebody who joins': mention('joined', { type: 'message', subtype: 'channel_join', channel_type: 'channel' }),
    'a member who joins': { type: 'member_joined_channel', user: 'U1', channel: 'C1', event_ts: '1.2' },
    'talk among others': mention('hello all', { type: 'message', channel_type: 'channel' }),
    'talk among others in a thread of the bot’s': mention('so?', {
      ...{ type: 'message', channel_type: 'group', thread_ts: '1795342300.000100', parent_user_id: bot },
    }),
    'a reaction': { type: 'reaction_added', user: 'U1', reaction: 'ok', item: {}, event_ts: '1.2' },
    'a message without an author': directMessage('x', { user: undefined }),
    'an id that is none': directMessage('x', { user: 'U1|U2' }),
    'a context that changed': { type: 'app_context_changed', user: 'U1', event_ts: '1.2' },
  };
  for (const [name, event] of Object.entries(nothing))
    it(`is nothing: ${name}`, () => assert.equal(heard(event), null));
});

describe('the words of a customer', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['a &lt;b&gt; &amp;amp; c', 'a <b> &amp; c'],
    ['see <https://a.test/x?y=1&amp;z=2>', 'see https://a.test/x?y=1&z=2'],
    ['see <https://a.test/x|the page>', 'see the page (https://a.test/x)'],
    ['at <http://a.test|a.test> or <mailto:ada@a.test|ada@a.test>', 'at http://a.test or ada@a.test'],
    ['ask <@U2|sam> or <@U3> in <#C1|general> or <#C2>', 'ask @sam or @somebody in #general or #channel'],
    ['<!here> <!subteam^S1|@support> <!date^1^{date}|today>', '@here @support today'],
    [`<@${bot}>   hi <@${bot}>`, 'hi'],
    ['&lt;@U1&gt; was typed', '<@U1> was typed'],
    ['line 1\nline 2', 'line 1\nline 2'],
    ['no < end', 'no < end'],
  ];
  for (const [mrkdwn, text] of rows)
    it(`are ${JSON.stringify(text)}`, () => assert.equal(plainText(mrkdwn, bot), text));

  it('take no time, however they are written', () => {
    const before = performance.now();
    for (const one of ['<', '<@', '&', '&amp', ' ', '<a|']) plainText(one.repeat(100_000), bot);
    assert.ok(performance.now() - before < 2_000);
  });
});
