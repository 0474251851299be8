import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { render as renderForSlack } from '../../src/channels/slack/render.ts';
import { render as renderForTeams } from '../../src/channels/teams/render.ts';
import type { StoredActivity } from '../../src/domain/ports.ts';
import { observe } from '../support/chat.ts';
import { buttonsOf, isBot } from '../support/direct-line.ts';

const folder = join(import.meta.dirname, '../conversations');
const channels: Readonly<Record<string, (one: StoredActivity) => readonly object[]>> = {
  Slack: ({ activity }) => renderForSlack(activity),
  Teams: (one) => renderForTeams(one),
};

/** The words of a text, without what Markdown, HTML or JSON put around them. */
const wordsIn = (text: string) => text.replaceAll(/&amp;|&lt;|&gt;|\\\\?["n]/g, ' ').match(/[\p{L}\p{N}]{2,}/gu) ?? [];

describe('every talk, in every channel', () => {
  const said: StoredActivity[] = [];
  before(async () => {
    for (const file of readdirSync(folder))
      await observe(readFileSync(join(folder, file), 'utf8'), (one) => {
        if (one.activity.type === 'message' && isBot(one.activity)) said.push(one);
      });
  });

  for (const [channel, render] of Object.entries(channels)) {
    it(`has all its words in ${channel}`, () => {
      assert.ok(said.length > 200);
      for (const one of said) {
        const drawn = new Set(wordsIn(JSON.stringify(render(one))));
        const lost = wordsIn(String(one.activity.text)).filter((word) => !drawn.has(word));
        assert.deepEqual(lost, [], String(one.activity.text));
      }
    });

    it(`has all its buttons in ${channel}, below what was said last`, () => {
      const offering = said.filter(({ activity }) => buttonsOf(activity).length > 0);
      assert.ok(offering.length > 50);
      for (const one of offering) {
        const last = JSON.stringify(render(one).at(-1));
        for (const button of buttonsOf(one.activity)) assert.ok(last.includes(JSON.stringify(button)), button);
      }
    });
  }
});
