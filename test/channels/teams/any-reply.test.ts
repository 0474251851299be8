import assert from 'node:assert/strict';
import fc from 'fast-check';
import { render, withoutButtons } from '../../../src/channels/teams/render.ts';
import type { Reply, ReplyBody } from '../../../src/domain/reply.ts';
import { assertDrawn } from './cards.ts';
import { drawing } from './drawing.ts';
import { wordsOf } from './site.ts';
import { rounds } from '../../support/rounds.ts';

const word = fc.stringMatching(/^[a-zA-Zäöß0-9😀]{1,12}$/u);
const line = fc
  .tuple(
    fc.constantFrom('', '> ', '- ', '1. ', '   - ', '## ', '**', '*'),
    fc.array(word, { minLength: 1, maxLength: 12 }),
  )
  .map(([mark, words]) => `${mark}${words.join(' ')}${mark.startsWith('*') ? mark : ''}`);
const anyText = fc.oneof(
  fc
    .array(
      fc.tuple(line, fc.constantFrom('\n', '\n\n', '  \n')).map((one) => one.join('')),
      { maxLength: 40 },
    )
    .map((all) => all.join('')),
  fc.tuple(word, fc.integer({ min: 1, max: 6_000 })).map(([one, times]) => `${one} `.repeat(times)),
  fc
    .tuple(fc.constantFrom('<', '&', 'ü', '😀', 'x', '\u0001'), fc.integer({ min: 1, max: 30_000 }))
    .map(([one, times]) => one.repeat(times)),
);
const finding = { cause: 'no-seat', status: 'proved', fact: 'You have no seat.', source: 'account-api', readAt: '' };
const body = fc.constantFrom<ReplyBody>(
  { kind: 'text' },
  { kind: 'choice' },
  { kind: 'feedback' },
  { kind: 'verdict', findings: [finding as never] },
  { kind: 'steps', article: { slug: 'x', title: 'x', url: 'https://help.test/x' } },
  { kind: 'ticket', ticket: 'LK-1' },
  { kind: 'person', name: 'Ana' },
  { kind: 'person-left', name: 'Ana' },
);
const anyLabels = fc.array(fc.stringMatching(/^[A-Za-z ,’]{1,40}$/), { maxLength: 12 });
const replyWith = (body: ReplyBody, text: string, labels: readonly string[]): Reply => ({
  ...body,
  text,
  actions: labels.map((label) => ({ label, means: 'x' })),
});

/** Words without what Markdown and HTML put around them. */
const bare = (text: string) => text.replaceAll(/&amp;|&lt;|[^\p{L}\p{N}]+/gu, ' ').trim();

/** No button is cut at 300 px, and each can be pressed where `Action.Execute` is not known. */
function assertRows(activity: unknown): void {
  JSON.stringify(activity, (_, value: unknown) => {
    const { type, actions } = (value ?? {}) as { type?: unknown; actions?: readonly Record<string, unknown>[] };
    if (type !== 'ActionSet' || !actions) return value;
    const titles = actions.map(({ title }) => String(title));
    assert.ok(titles.length === 1 || titles.join('').length <= 30, titles.join('|'));
    for (const { type, title, verb, data, fallback } of actions)
      if (type === 'Action.Execute')
        assert.deepEqual(fallback, { type: 'Action.Submit', title, data: { ...(data as object), verb } });
    return value;
  });
}

describe('whatever is said, in Teams', () => {
  it('all words are kept, in order, and the buttons are all there', () => {
    fc.assert(
      fc.property(anyText, body, anyLabels, (text, which, labels) => {
        const activities = render(replyWith(which, text, labels), 1, drawing);
        assertDrawn(activities);
        const shown = bare(activities.map(wordsOf).join(' ')).replaceAll(/ /g, '');
        let at = 0;
        // The numbers of a list count up, whatever is written; a test of their own tells how.
        for (const one of bare(text.replaceAll(/^1\. /gm, '')).split(' ')) {
          const found = shown.indexOf(one, at);
          assert.ok(found >= 0, `"${one}" is missing`);
          at = found + one.length;
        }
        assertRows(activities.at(-1));
        for (const label of labels) assert.ok(JSON.stringify(activities.at(-1)).includes(JSON.stringify(label)));
      }),
      { numRuns: rounds(150) },
    );
  });

  it('every step keeps its number, in a card and in a message', () => {
    const steps = fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(steps, body, anyLabels, fc.constantFrom('\n', '\n\n'), (numbers, which, labels, between) => {
        const lines = numbers.sort((a, b) => a - b).map((number) => `${number}. Step ${number}`);
        const shown = bare(
          render(replyWith(which, lines.join(between), labels), 1, drawing)
            .map(wordsOf)
            .join(' '),
        );
        assert.ok(shown.includes(bare(lines.join(' '))), shown);
      }),
    );
  });

  it('any text is drawn within the limits, and nothing throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3_000 }), body, anyLabels, (text, which, labels) => {
        assertDrawn(render(replyWith(which, text, labels), 1, drawing));
        assertDrawn([withoutButtons(replyWith(which, text, ['Yes']), 'Yes', drawing)]);
      }),
      { numRuns: rounds(300) },
    );
  });
});
