import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { lexer } from 'marked';
import { format } from 'prettier';
import { fits } from '../../../src/channels/teams/pieces.ts';
import { chosenOf, render, settled } from '../../../src/channels/teams/render.ts';
import { asWritten } from '../../../src/console/as-written.ts';
import type { Wire } from '../../../src/domain/ports.ts';
import { storedReplies } from '../replies.ts';
import { complaints } from './cards.ts';
import { wordsOf } from './site.ts';

const folder = join(import.meta.dirname, 'rendered');
const cardsIn = (activities: readonly Wire[]): Wire[] =>
  activities.flatMap(({ attachments }) => ((attachments ?? []) as { content: Wire }[]).map(({ content }) => content));

function assertDrawn(activities: readonly Wire[]): void {
  for (const activity of activities) {
    assert.ok(fits(activity));
    assert.ok(Buffer.byteLength(JSON.stringify(activity)) < 28_672);
    assert.ok(JSON.stringify(activity).length * 2 < 40_960);
    assert.ok(typeof activity.summary === 'string' && activity.summary.length <= 200);
    // Teams makes two messages of text and card.
    assert.ok('text' in activity !== 'attachments' in activity);
  }
  for (const card of cardsIn(activities)) assert.deepEqual(complaints(card), []);
}

/** Words without what Markdown and HTML put around them. */
const bare = (text: string) => text.replaceAll(/&amp;|&lt;|[^\p{L}\p{N}]+/gu, ' ').trim();

describe('replies as Teams shows them', () => {
  for (const [name, activity] of Object.entries(storedReplies))
    it(`draws ${name} as before`, async () => {
      const activities = render({ seq: 7, activity });
      assertDrawn(activities);
      const drawn = { activities, settled: settled(activity, chosenOf(activity, labelOf(activity))) };
      const file = join(folder, `${name}.json`);
      if (process.env.UPDATE_RENDERED)
        writeFileSync(file, await format(JSON.stringify(drawn), { parser: 'json', printWidth: 120 }));
      assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), drawn, 'UPDATE_RENDERED=1 rewrites it');
    });

  it('has a picture of every kind, and of no other', () => {
    const names = Object.keys(storedReplies).map((name) => `${name}.json`);
    assert.deepEqual(readdirSync(folder).sort(), names.sort());
  });

  it('settles every message with buttons: none is left, and what was chosen is told', () => {
    for (const activity of Object.values(storedReplies)) {
      const label = labelOf(activity);
      if (label === undefined) continue;
      const after = settled(activity, label);
      assertDrawn([after]);
      assert.ok(!JSON.stringify(after).includes('Action.Execute'));
      assert.ok(wordsOf(after).endsWith(`You chose “${label}”.`));
      assertDrawn([settled(activity, null)]);
      assert.ok(!wordsOf(settled(activity, null)).includes('You chose'));
    }
  });

  it('leaves no list to the reader of Markdown, which would count the steps anew', () => {
    const activities = render({
      seq: 1,
      activity: { ...storedReplies.steps, text: '7. Reload\n   - the page\n8. Wait' },
    });
    const lines = wordsOf(activities[0]?.attachments).split('\n');
    assert.deepEqual(lines.slice(0, 6), ['7.\u00A0', 'Reload', '•\u00A0', 'the page', '8.\u00A0', 'Wait']);
    for (const line of lines) assert.ok(!lexer(line).some(({ type }) => type === 'list'), line);
  });

  it('says in notifications what was written, without the marks that keep it so', () => {
    const text = asWritten('2 * 3, see https://help.test/a_b');
    const [{ summary } = assert.fail()] = render({ seq: 1, activity: { ...storedReplies.person, text } });
    assert.equal(summary, '2 * 3, see https://help.test/a_b');
  });

  it('cuts long words between characters', () => {
    const activities = render({ seq: 1, activity: { type: 'message', text: `x${'😀'.repeat(9_000)}` } });
    assert.ok(activities.length > 1 && activities.map(wordsOf).every((one) => one.isWellFormed()));
  });

  it('shows HTML as it was written, and links only where they lead to pages and mailboxes', () => {
    const draw = (text: string) => render({ seq: 1, activity: { type: 'message', text } })[0]?.text;
    assert.equal(draw('<b>5 > 3 & 2</b>'), '&lt;b>5 > 3 &amp; 2&lt;/b>');
    assert.equal(
      draw('[a](https://help.test/x) [b](javascript:alert%281%29) [c](data:text/html,x) [d](//x)'),
      '[a](https://help.test/x) b c d',
    );
    const choice = { ...storedReplies.choice, text: '[b](javascript:alert%281%29)' };
    assert.ok(!JSON.stringify(render({ seq: 1, activity: choice })).includes('javascript'));
    const steps = {
      ...storedReplies.steps,
      channelData: { latchkey: { kind: 'steps', article: { title: 'x', url: 'javascript:1' } } },
    };
    assert.ok(!JSON.stringify(render({ seq: 1, activity: steps })).includes('OpenUrl'));
  });

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
  const kind = fc.constantFrom('text', 'choice', 'feedback', 'verdict', 'steps', 'ticket', 'person', 'person-left');
  const labels = fc.array(fc.stringMatching(/^[A-Za-z ,’]{1,40}$/), { maxLength: 12 });

  it('keeps all words, in order, whatever they are', () => {
    fc.assert(
      fc.property(anyText, kind, labels, (text, which, buttons) => {
        const activity = storedOf(text, which, buttons);
        const activities = render({ seq: 1, activity });
        assertDrawn(activities);
        const shown = bare(activities.map(wordsOf).join(' ')).replaceAll(/ /g, '');
        let at = 0;
        // A number in front of an item may stand in a column of its own.
        for (const one of bare(text).split(' ')) {
          const found = shown.indexOf(one, at);
          assert.ok(found >= 0, `"${one}" is missing`);
          at = found + one.length;
        }
        for (const label of buttons) assert.ok(JSON.stringify(activities.at(-1)).includes(JSON.stringify(label)));
      }),
      { numRuns: 150 },
    );
  });

  it('draws any text within the limits, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3_000 }), kind, labels, (text, which, buttons) => {
        const activity = storedOf(text, which, buttons);
        assertDrawn(render({ seq: 1, activity }));
        assertDrawn([settled({ ...activity, suggestedActions: { actions: [{ title: 'Yes' }] } }, 'Yes')]);
      }),
      { numRuns: 300 },
    );
  });
});

function labelOf({ suggestedActions }: Wire): string | undefined {
  return (suggestedActions as { actions: { title: string }[] } | undefined)?.actions[0]?.title;
}

function storedOf(text: string, kind: string, labels: readonly string[]): Wire {
  const details = { kind, ticket: 'LK-1', person: 'Ana', article: { title: 'x', url: 'https://help.test/x' } };
  const finding = { cause: 'no-seat', status: 'proved', fact: 'You have no seat.' };
  return {
    ...{ type: 'message', text, from: { role: 'bot' } },
    ...(labels.length > 0 && { suggestedActions: { actions: labels.map((title) => ({ title })) } }),
    channelData: { latchkey: { ...details, ...(kind === 'verdict' && { verdict: [finding] }) } },
  };
}
