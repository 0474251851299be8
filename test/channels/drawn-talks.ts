import assert from 'node:assert/strict';
import { render as renderForSlack } from '../../src/channels/slack/render.ts';
import { render as renderForTeams } from '../../src/channels/teams/render.ts';
import type { StoredReply } from '../../src/domain/ports.ts';
import { drawing } from './teams/drawing.ts';
import { channelWords } from './channel-words.ts';
import { wordsIn } from './words.ts';

const channels: Readonly<Record<string, (one: StoredReply) => readonly object[]>> = {
  Slack: ({ seq, reply }) => renderForSlack(reply, seq, channelWords()),
  Teams: ({ seq, reply }) => renderForTeams(reply, seq, drawing),
};

/** Tests of what was said in all talks, as each channel draws it. */
export function drawnInEveryChannel(said: readonly StoredReply[]): void {
  for (const [channel, render] of Object.entries(channels)) {
    it(`has all its words in ${channel}`, () => {
      assert.ok(said.length > 200);
      for (const one of said) {
        const drawn = new Set(wordsIn(JSON.stringify(render(one))));
        const lost = wordsIn(one.reply.text).filter((word) => !drawn.has(word));
        assert.deepEqual(lost, [], one.reply.text);
      }
    });

    it(`has all its buttons in ${channel}, below what was said last`, () => {
      const offering = said.filter(({ reply }) => reply.actions.length > 0);
      assert.ok(offering.length > 50);
      for (const one of offering) {
        const last = JSON.stringify(render(one).at(-1));
        for (const { label } of one.reply.actions) assert.ok(last.includes(JSON.stringify(label)), label);
      }
    });
  }
}
