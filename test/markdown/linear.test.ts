import assert from 'node:assert/strict';
import { markdownOf } from '../../src/channels/teams/markdown.ts';
import { leadOf } from '../../src/markdown/lead.ts';

/** CPU time of a call, in milliseconds: other processes do not count. */
function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

describe('a text that was made to be slow', () => {
  const gap = ' '.repeat(100_000);
  const works: Readonly<Record<string, () => void>> = {
    'as the bold beginning of a paragraph': () =>
      leadOf({
        type: 'paragraph',
        inlines: [{ text: `${'a'.repeat(100_000)}\n`, bold: true }],
        depth: 0,
        markers: [],
        tight: false,
      }),
    'with a gap in it, for Teams': () => markdownOf([{ text: `a${gap}b` }], 'message'),
  };
  for (const [what, work] of Object.entries(works))
    it(`${what} is read in the time of its length`, () => {
      const ms = cpuOf(work);
      assert.ok(ms < 1_000, `${ms} ms`);
    });
});
