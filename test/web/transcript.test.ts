import assert from 'node:assert/strict';
import { toClient } from '../../src/channels/direct-line/activity.ts';
import { Transcript } from '../../src/web/shared/transcript.ts';
import { createWorld } from '../support/world.ts';

const said = (id: string, text: string, role = 'bot') => ({ type: 'message', id, text, from: { role } });
const texts = (transcript: Transcript) => transcript.entries([]).map(({ activity }) => activity.text);

describe('transcript', () => {
  it('shows each activity once, in the order of the ids', () => {
    const transcript = new Transcript();
    for (const id of ['c|0000002', 'c|0000001', 'c|0000002', 'c|0000010']) transcript.add(said(id, id));
    assert.deepEqual(texts(transcript), ['c|0000001', 'c|0000002', 'c|0000010']);
  });

  it('shows an echoed message at its place and no longer as unsent', () => {
    const transcript = new Transcript();
    const unsent = [{ id: 'mine', text: 'hello' }];
    assert.equal(transcript.entries(unsent)[0]?.state, 'sending');
    transcript.add({ ...said('c|1', 'hello', 'user'), channelData: { clientActivityID: 'mine' } });
    const [entry, ...more] = transcript.entries(unsent);
    assert.deepEqual([entry?.key, entry?.state, more.length], ['mine', undefined, 0]);
  });

  it('keeps an ended conversation above a note, and takes the same ids again below it', () => {
    const transcript = new Transcript();
    transcript.add(said('1', 'old'));
    transcript.startOver('ended');
    transcript.add(said('1', 'new'));
    assert.deepEqual(texts(transcript), ['old', 'ended', 'new']);
    assert.equal(new Set(transcript.entries([]).map(({ key }) => key)).size, 3);
  });

  it('tells that a person is waited for as long as one is', async () => {
    const world = await createWorld('over-limit');
    const transcript = new Transcript();
    const waits = async (said: ReturnType<typeof world.write>) => {
      for (const one of await said) transcript.add(toClient(world.id, one) ?? assert.fail());
      return transcript.waits;
    };
    try {
      assert.equal(await waits(world.write('I get access denied when I try to export')), false);
      assert.equal(await waits(world.write('talk to a human')), true);
      assert.equal(await waits(world.write('never mind')), true, 'it was only asked');
      assert.equal(await waits(world.write('Yes, close it')), false, 'the ticket is withdrawn');
      assert.equal(await waits(world.write('talk to a human')), true, 'they ask anew');
      assert.equal(await waits(world.agent('claims')), true);
      assert.equal(await waits(world.agent('says: Hello.')), false);
      assert.equal(await waits(world.agent('closes as none')), false);
    } finally {
      await world.close();
    }
  });
});
