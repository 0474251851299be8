import assert from 'node:assert/strict';
import type { KnownBlock } from '@slack/types';
import fc from 'fast-check';
import { marked } from 'marked';
import { limits } from '../../../src/channels/slack/blocks.ts';
import type { SlackMessage } from '../../../src/channels/slack/render.ts';
import type { ReplyBody } from '../../../src/domain/reply.ts';
import { render, replyWith, textsOf } from './messages.ts';
import { rounds } from '../../support/rounds.ts';

const word = fc.oneof(
  fc.constantFrom(
    'access',
    'denied',
    'a&b',
    '5 > 3',
    '<b>',
    '**bold**',
    '*it*',
    '`code`',
    '~~old~~',
    '\\*',
    '&amp;',
    'über',
    '日本語',
    '👩‍👩‍👧',
    '```',
  ),
  fc.constantFrom(
    '[link](https://a.test/x?a=1&b=2)',
    '<https://a.test>',
    '![i](https://a.test/i.png)',
    '[x](javascript:y)',
    '<!here>',
    '  \n',
    '[r]: http://a.test',
  ),
  fc.string({ maxLength: 20 }),
);
const longWord = fc.integer({ min: 1_000, max: 4_000 }).map((length) => 'x'.repeat(length));
const words = fc.array(fc.oneof({ weight: 40, arbitrary: word }, { weight: 1, arbitrary: longWord }), {
  maxLength: 12,
});
const line = fc.tuple(
  fc.constantFrom(
    '',
    '',
    '- ',
    '  - ',
    '1. ',
    '   - ',
    '> ',
    '> - ',
    '# ',
    '- - - ',
    '    ',
    '| a | b |\n|---|---|\n| ',
    '```\n',
  ),
  words,
);
const markdown = fc
  .array(fc.tuple(line, fc.constantFrom('\n', '\n\n'), fc.integer({ min: 1, max: 20 })), { maxLength: 8 })
  .map((lines) =>
    lines
      .map(([[mark, said], end, times]) => `${mark}${said.join(' ')}${end}`.repeat(times))
      .join('')
      .slice(0, 30_000),
  );
const anyLabels = fc.array(
  fc.oneof(fc.string({ minLength: 1, maxLength: 120 }), fc.string({ minLength: 1_900, maxLength: 2_100 })),
  { maxLength: 60 },
);
const bodies = fc.constantFrom<ReplyBody>(
  { kind: 'text' },
  { kind: 'verdict', findings: [] },
  { kind: 'steps', article: { slug: 'x', title: 'X', url: 'https://a.test/x?a=1&b=2' } },
  { kind: 'ticket', ticket: 'LK-7Q4M2KXP' },
  { kind: 'person', name: 'A & <b>' },
);

describe('whatever is said, in Slack', () => {
  it('no message is over any limit, and the buttons are all there, each once, at the end', () => {
    fc.assert(
      fc.property(markdown, anyLabels, bodies, (text, labels, body) => {
        const messages = render(replyWith(text, labels, body));
        for (const message of messages) assertWithinLimits(message);
        const kinds = messages.flatMap(({ blocks }) => blocks.map(({ type }) => type));
        assert.ok(!kinds.includes('actions') || kinds.lastIndexOf('section') < kinds.indexOf('actions'));
        const buttons = messages.flatMap(({ blocks }) => blocks.flatMap(buttonsIn));
        assert.deepEqual(
          buttons.map(({ value }) => value),
          labels.map((label) => withoutHalf(label.slice(0, limits.value))),
        );
        assert.equal(new Set(buttons.map(({ action_id }) => action_id)).size, labels.length);
      }),
      { numRuns: rounds(100) },
    );
  });

  it('all words are kept, in their order', () => {
    fc.assert(
      fc.property(markdown, bodies, (text, body) => {
        const drawn = textsOf(render(replyWith(text, [], body))).join(' ');
        const ours = lettersOf(unmarked(drawn));
        const said = lettersOf(plainOf(text));
        assert.ok(ours.endsWith(said), `${ours.slice(0, 300)}\n${said.slice(0, 300)}`);
      }),
      { numRuns: rounds(100) },
    );
  });

  it('nothing but our links has a sharp bracket, and no ampersand is bare', () => {
    fc.assert(
      fc.property(markdown, bodies, (text, body) => {
        for (const drawn of [
          ...textsOf(render(replyWith(text, [], body))),
          ...render(replyWith(text)).map((one) => one.text),
        ]) {
          const rest = drawn.replaceAll(/<(?:https?:\/\/|mailto:)[^<>|]+\|[^<>]*>/g, '').replaceAll(/^>/gm, '');
          assert.doesNotMatch(rest, /[<>]|&(?!(?:amp|lt|gt);)/);
        }
      }),
      { numRuns: rounds(100) },
    );
  });
});

function assertWithinLimits({ text, blocks }: SlackMessage): void {
  assert.ok(text.length >= 1 && text.length <= limits.text);
  assert.ok(blocks.length <= 50 && JSON.stringify(blocks).length <= 12_000);
  for (const block of blocks) {
    if (block.type === 'section') assert.ok(within(block.text?.text, 3_000));
    else if (block.type === 'header') assert.ok(within(block.text.text, 150));
    else if (block.type === 'context')
      assert.ok(block.elements.every((one) => 'text' in one && within(one.text, 3_000)));
    else assert.equal(block.type, 'actions');
    const buttons = buttonsIn(block);
    assert.ok(buttons.length <= 25);
    assert.ok(
      buttons.every((one) => within(one.text.text, 75) && within(one.value, 2_000) && within(one.action_id, 255)),
    );
  }
}

function within(text: string | undefined, most: number): boolean {
  return text !== undefined && text.length >= 1 && text.length <= most;
}

function buttonsIn(block: KnownBlock) {
  if (block.type !== 'actions') return [];
  return block.elements.flatMap((element) => (element.type === 'button' ? [element] : assert.fail(element.type)));
}

/** mrkdwn as it is read. */
function unmarked(mrkdwn: string): string {
  return mrkdwn
    .replaceAll(/<(?:https?:\/\/|mailto:)[^<>|]+\|([^<>]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** Markdown as marked's own HTML reads, where HTML in the text is text, and a link that leads nowhere is what was written. */
function plainOf(text: string): string {
  const html = marked.parse(text, { async: false, renderer: readable });
  return html
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

const shown = (raw: string) => raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const readable = new marked.Renderer();
readable.html = ({ raw }) => shown(raw);
readable.link = function ({ href, raw, tokens }) {
  return /^(?:https?|mailto):/.test(href) && URL.canParse(href) ? this.parser.parseInline(tokens) : shown(raw);
};
readable.image = ({ href, raw, text }) => (/^https?:/.test(href) && URL.canParse(href) ? shown(text) : shown(raw));
readable.table = ({ raw }) => shown(raw);
readable.checkbox = () => '';

function lettersOf(text: string): string {
  return [...text.matchAll(/\p{L}/gu)].join('');
}

function withoutHalf(text: string): string {
  return text.replace(/[\uD800-\uDBFF]$/, '');
}
