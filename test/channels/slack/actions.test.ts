import assert from 'node:assert/strict';
import { conversationIdOf } from '../../../src/channels/inbound.ts';
import { eventOfPress } from '../../../src/channels/slack/actions.ts';
import { readInteraction } from '../../../src/channels/slack/envelope.ts';
import { formOf, pressOf } from './posts.ts';

type Fields = Readonly<Record<string, unknown>>;

function heard(value: string | undefined, over?: Fields) {
  const press = readInteraction(formOf(pressOf(value, over)));
  return press?.type === 'block_actions' ? eventOfPress(press) : null;
}
const message = (over: Fields) => ({ message: { type: 'message', ts: '1795342321.000100', ...over } });
const marked = (place: string) => ({
  metadata: { event_type: 'latchkey_reply', event_payload: { conversation: conversationIdOf('slack', place) } },
});

describe('a pressed button in Slack', () => {
  it('says its whole label, where it stands, as who pressed it', () => {
    const label = 'A label that is longer than what Slack shows of it '.repeat(3);
    assert.deepEqual(heard(label), {
      ...{ channel: 'slack', eventId: '1795342321.000100|say-0|U1', place: 'T1|D1', shared: false, locale: 'en' },
      ...{ user: 'slack|T1|U1', to: { channel: 'D1', thread: null } },
      message: { text: label, files: 0 },
    });
  });

  it('stands in its thread, or is the root of one and stands outside', () => {
    const inChannel = { channel: { id: 'C1' }, ...message({ thread_ts: '1795342320.000200' }) };
    assert.deepEqual(heard('Yes', inChannel)?.place, 'T1|C1|1795342320.000200');
    assert.equal(heard('Yes', inChannel)?.shared, true);
    assert.equal(heard('Yes', message({ thread_ts: '1795342300.000100' }))?.place, 'T1|D1|1795342300.000100');
    assert.equal(heard('Yes', message({ thread_ts: '1795342321.000100' }))?.place, 'T1|D1');
  });

  it('belongs to the talk that its message says, or to none', () => {
    assert.equal(heard('Yes', message(marked('T1|D1')))?.place, 'T1|D1');
    assert.equal(heard('Yes', message(marked('T1|D2'))), null);
  });

  it('belongs to the bot’s workspace, though somebody of another presses it', () => {
    const theirs = { team: { id: 'T9' }, user: { id: 'U9', team_id: 'T9' } };
    assert.equal(heard('Yes', { ...theirs, ...message({ ...marked('T1|D1'), team: 'T1' }) })?.user, 'slack|T1|U9');
    assert.equal(heard('Yes', { ...theirs, ...message(marked('T1|D1')) }), null);
  });

  it('is the same however often it is pressed, and another one for another person', () => {
    const again = heard('Yes', { actions: [{ type: 'button', action_id: 'say-0', value: 'Yes', action_ts: '9.9' }] });
    assert.equal(again?.eventId, heard('Yes')?.eventId);
    assert.notEqual(heard('Yes', { user: { id: 'U2' } })?.eventId, again?.eventId);
  });

  it('is in the workspace of its member where Slack names no other', () => {
    assert.equal(heard('Yes', { team: null })?.user, 'slack|T1|U1');
    assert.equal(heard('Yes', { team: null, user: { id: 'U1' } }), null);
  });

  it('is nothing where it is none of ours', () => {
    for (const over of [
      { actions: [{ type: 'button', action_id: 'other', value: 'Yes' }] },
      { actions: [{ type: 'overflow', action_id: 'say-0', value: 'Yes' }] },
      { actions: [] },
      { type: 'view_submission' },
      { channel: { id: 'D1|x' } },
      { message: undefined },
    ])
      assert.equal(heard('Yes', over), null);
    assert.equal(heard(undefined), null);
  });
});
