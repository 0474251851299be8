import assert from 'node:assert/strict';
import { activityShape } from '../../../src/channels/teams/activity.ts';
import { readTeamsEvent } from '../../../src/channels/teams/events.ts';
import type { Wire } from '../../../src/channels/wire.ts';
import { appId, person, tenant } from './far-end.ts';
import { activityOf } from './site.ts';

const service = 'https://smba.trafficmanager.net/emea/';
const bot = `28:${appId}`;
const heard = (over: Wire = {}) => readTeamsEvent(activityShape.parse(activityOf(service, over)));
/** What was said, if anything; its files behind it. */
const said = (over: Wire): unknown => {
  const one = heard(over);
  if (one.what !== 'said') return one.what;
  const { message: words } = one.event;
  return words && (words.files > 0 ? [words.text, words.files] : words.text);
};
const from = { id: '29:somebody', aadObjectId: person };
const mention = (text: string, id = bot) => ({ type: 'mention', text, mentioned: { id, name: 'x' } });
const files = (...types: string[]) => types.map((contentType) => ({ contentType }));
const thread = { conversationType: 'channel', tenantId: tenant, id: '19:general@thread.tacv2;messageid=1700000000000' };
const press = { action: { type: 'Action.Execute', verb: 'choose', data: { seq: 7, label: 'Yes' } } };
const gif = 'image/gif';
const file = 'application/vnd.microsoft.teams.file.download.info';

describe('what an activity of Teams means', () => {
  it('is an event of its place and its author', () => {
    const event = {
      ...{ channel: 'teams', eventId: '1485983408511', place: `${tenant}|a:one`, shared: false },
      ...{ user: `teams|${tenant}|${person}`, locale: 'en-US', zone: undefined, message: { text: 'hello', files: 0 } },
      to: { service, conversation: 'a:one', place: `${tenant}|a:one`, bot, kind: 'personal' },
    };
    assert.deepEqual(heard(), { what: 'said', event });
  });

  for (const [name, over, expected] of [
    [
      'the bot’s mention is left out',
      { text: '<at>Latchkey</at> why?', entities: [mention('<at>Latchkey</at>')] },
      'why?',
    ],
    ['others are named', { text: '<at>Ben</at> is out', entities: [mention('<at>Ben</at>', '29:ben')] }, 'Ben is out'],
    ['twice mentioned', { text: '<at>B</at> a <at>B</at>', entities: [mention('<at>B</at>')] }, 'a'],
    ['entities are characters', { text: 'a &lt;b&gt; &amp;amp;&nbsp;c&#39;' }, "a <b> &amp; c'"],
    ['our name alone is a greeting', { text: '<at>L</at> ', entities: [mention('<at>L</at>')] }, null],
    ['no text is a greeting', { text: null }, null],
    ['the message as HTML is no file', { attachments: files('text/html', 'messageReference') }, 'hello'],
    ['files are counted', { attachments: files('text/html', file, gif, '') }, ['hello', 2]],
    ['a file without words', { text: '', attachments: files(gif) }, ['', 1]],
    ['entities that are none', { entities: [null, 1, { type: 'mention' }, { type: 'clientInfo' }] }, 'hello'],
    ['somebody of no organisation', { from: { id: '29:x' } }, 'external-user'],
    ['an organisation’s id that is none', { from: { id: '29:x', aadObjectId: 'admin' } }, 'external-user'],
    ['a bot', { from: { id: '28:other', aadObjectId: person } }, 'nothing'],
    ['ourselves', { from: { id: bot, aadObjectId: person } }, 'nothing'],
    ['no id', { id: undefined }, 'nothing'],
    ['installed', { type: 'installationUpdate', action: 'add' }, null],
    ['removed', { type: 'installationUpdate', action: 'remove' }, 'nothing'],
    ['added', { type: 'conversationUpdate', membersAdded: [{ id: '29:x' }, { id: bot }] }, null],
    ['somebody else was added', { type: 'conversationUpdate', membersAdded: [{ id: '29:x' }] }, 'nothing'],
    ['a channel was renamed', { type: 'conversationUpdate', channelData: { eventType: 'channelRenamed' } }, 'nothing'],
    ['a reaction', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }, 'nothing'],
    ['typing', { type: 'typing' }, 'nothing'],
    ['a type to come', { type: 'somethingNew' }, 'nothing'],
    [
      'taken back from the bin',
      { type: 'messageUpdate', channelData: { tenant: { id: tenant }, eventType: 'undeleteMessage' } },
      'nothing',
    ],
    ['another invoke', { type: 'invoke', name: 'composeExtension/query' }, 'nothing'],
    [
      'a press of another verb',
      { type: 'invoke', name: 'adaptiveCard/action', value: { action: { verb: 'x' } } },
      'nothing',
    ],
  ] as const)
    it(`${name}: ${JSON.stringify(expected).slice(0, 30)}`, () => {
      assert.deepEqual(said(over), expected);
    });

  it('is one place for each chat and thread; only a personal chat is not shared', () => {
    const placeOf = (conversation: Wire) => {
      const one = heard({ conversation });
      return one.what === 'said' && [one.event.place, one.event.shared, one.event.to.kind];
    };
    assert.deepEqual(placeOf(thread), [`${tenant}|${thread.id}`, true, 'channel']);
    assert.deepEqual(placeOf({ ...thread, conversationType: 'groupChat' }), [`${tenant}|${thread.id}`, true, 'group']);
    assert.deepEqual(placeOf({ tenantId: tenant, id: 'a:x' }), [`${tenant}|a:x`, true, 'group']);
    assert.deepEqual(placeOf({ conversationType: 'personal', id: 'a:x' }), [`${tenant}|a:x`, false, 'personal']);
  });

  it('is an installation, told in two ways, of which one tells a later one apart', () => {
    const ids = [
      heard({ type: 'installationUpdate', action: 'add', id: 'f:1' }),
      heard({ type: 'conversationUpdate', membersAdded: [{ id: bot }], id: 'f:2' }),
    ].map((one) => one.what === 'said' && one.event.eventId);
    assert.deepEqual(ids, ['installed f:1', 'welcome']);
  });

  it('is an edit with the corrected words, each once, and a deletion without words', () => {
    const edit = {
      type: 'messageUpdate',
      text: 'exports',
      channelData: { tenant: { id: tenant }, eventType: 'editMessage' },
    };
    const one = heard(edit);
    assert.ok(one.what === 'edited');
    assert.deepEqual([one.of, one.event.eventId], ['1485983408511', '1485983408511 edit 2026-11-22T10:12:00.000Z']);
    assert.deepEqual(one.event.message, { text: 'exports', files: 0 });
    const [a, b] = ['a', 'b'].map((text) => heard({ ...edit, text, timestamp: null }));
    assert.ok(a?.what === 'edited' && b?.what === 'edited' && a.event.eventId !== b.event.eventId);
    const gone = heard({ type: 'messageDelete', text: undefined });
    assert.ok(gone.what === 'deleted');
    assert.deepEqual([gone.event.eventId, gone.event.message], ['1485983408511', null]);
  });

  it('is a press, once for each message with buttons', () => {
    const one = heard({ type: 'invoke', name: 'adaptiveCard/action', id: 'f:9', value: press, text: undefined, from });
    assert.ok(one.what === 'pressed');
    assert.deepEqual([one.seq, one.event.eventId, one.event.message], [7, 'press 7', { text: 'Yes', files: 0 }]);
  });

  it('is the same press where a client knows no `Action.Execute` and sends a message', () => {
    const value = { ...press.action.data, verb: 'choose' };
    for (const id of ['f:9', 'f:10']) {
      const one = heard({ id, value, text: undefined, attachments: undefined, from });
      assert.ok(one.what === 'pressed');
      assert.deepEqual([one.seq, one.event.eventId, one.event.message], [7, 'press 7', { text: 'Yes', files: 0 }]);
    }
    assert.equal(heard({ value: { seq: 7, label: 'Yes' } }).what, 'said');
  });

  it('takes the time zone of their client', () => {
    const zones = ['America/Los_Angeles', '', null, 7].map((localTimezone) => {
      const one = heard({ localTimezone });
      return one.what === 'said' && one.event.zone;
    });
    assert.deepEqual(zones, ['America/Los_Angeles', undefined, undefined, undefined]);
  });

  it('takes a locale that is one', () => {
    const locales = ['de-DE', 'en', '', '../x', null, 'zh-Hant-TW'].map((locale) => {
      const one = heard({ locale });
      return one.what === 'said' && one.event.locale;
    });
    assert.deepEqual(locales, ['de-DE', 'en', 'en', 'en', 'en', 'zh-Hant-TW']);
  });
});
