import assert from 'node:assert/strict';
import fc from 'fast-check';
import { marked } from 'marked';
import { markdownOf } from '../../../src/channels/teams/markdown.ts';
import { messageMarkdown } from '../../../src/channels/teams/message-markdown.ts';
import type { BlockNode, InlineNode } from '../../../src/markdown/ast.ts';
import { readMarkdown } from '../../../src/markdown/read-markdown.ts';
import { rounds } from '../../support/rounds.ts';

const sign = fc.constantFrom(
  ...Array.from('*_~`[]()<>#|&!\\-+=1.:{}"\' \n'),
  '**',
  '](',
  '&lt;',
  '<b>',
  '{{',
  'a',
  'b',
  'ü',
);
const text = fc.array(sign, { minLength: 1, maxLength: 12 }).map((signs) => signs.join(''));
const flag = fc.boolean();
const href = fc.option(fc.constantFrom('https://a.test/x_(y)?a=1&b=2', 'mailto:a@b.test'), { nil: undefined });
const inlines = fc.array(fc.record({ text, bold: flag, italic: flag, strike: flag, code: flag, href }), {
  maxLength: 5,
});

const shown = (raw: string) => raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const inCard = new marked.Renderer();
inCard.html = ({ raw }) => shown(raw);
const inMessage = new marked.Renderer();
inMessage.html = ({ raw }) => assert.fail(`HTML: ${raw}`);

/** What marked's own HTML shows of Markdown. */
function seen(html: string): string {
  return html
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/[\s\u200B]/g, '');
}

describe('Markdown for Teams', () => {
  const rows: readonly (readonly [markdown: string, printed: string])[] = [
    ['**bold**, _it_, ***both***, ~~old~~, `code`', '**bold**, *it*, ***both***, ~~old~~, `code`'],
    ['**bold *both* bold** a_b 2 * 3', '**bold *both* bold** a_b 2 * 3'],
    [
      '[a *b*](https://a.test/x_(y)) ![pic](https://a.test/p.png)',
      '[a *b*](https://a.test/x_%28y%29) [pic](https://a.test/p.png)',
    ],
    ['https://a.test/x', '[https://a.test/x](https://a.test/x)'],
    [
      '\\*no\\* \\[x\\](https://a.test) `` `x` ``',
      '\\*no\\* \\[x\\]\u200B([https://a.test](https://a.test/)) `` `x` ``',
    ],
    ['1\\. a', '1\\. a'],
    ['\\# a', '\\# a'],
    ['&lt;b&gt; &amp;lt;', '\\<b\\> \\&lt;'],
  ];
  for (const [markdown, printed] of rows)
    it(`${JSON.stringify(markdown)} is ${JSON.stringify(printed)}`, () => {
      const [block] = readMarkdown(markdown);
      assert.equal(block?.type === 'paragraph' && markdownOf(block.inlines, 'card'), printed);
    });

  for (const [surface, renderer] of [
    ['card', inCard],
    ['message', inMessage],
  ] as const)
    it(`has in a ${surface} the words that were said, and no formatting that they had not`, () => {
      fc.assert(
        fc.property(inlines, (said) => {
          const html = marked.parse(markdownOf(said, surface), { async: false, renderer });
          assert.equal(
            seen(html),
            said
              .map((one) => one.text)
              .join('')
              .replaceAll(/\s/g, ''),
            html,
          );
          const has = (name: keyof InlineNode) => said.some((one) => one[name]);
          for (const [tag, style] of [
            ['strong', 'bold'],
            ['em', 'italic'],
            ['del', 'strike'],
            ['code', 'code'],
            ['a', 'href'],
          ] as const)
            assert.ok(has(style) || !html.includes(`<${tag}`), html);
          assert.doesNotMatch(html, /<(?!\/?(?:p|br|strong|em|del|code|a)\b)/);
        }),
        { numRuns: rounds(2_000) },
      );
    });

  const rowsOfMessages: readonly (readonly [markdown: string, printed: string])[] = [
    ['# Title\none\ntwo  \nthree', '**Title**\n\none two  \nthree'],
    ['7. a\n   - b\n     more\n9. c\n\n   d', '7. a\n    - b more\n\n9. c\n\n    d'],
    ['- a\n- b\n  1. c\n  2. d', '- a\n- b\n    1. c\n    2. d'],
    ['> a\n>\n> - b\n\n> c', '> a\n> \n> - b\n\n> c'],
    ['```js\na = b\n  c\n```\n\n    a < b', '```\na = b\n  c\n```\n\na &lt; b'],
  ];
  for (const [markdown, printed] of rowsOfMessages)
    it(`${JSON.stringify(markdown)} is ${JSON.stringify(printed)} in a message`, () => {
      assert.equal(messageMarkdown(readMarkdown(markdown)), printed);
    });

  const word = fc.stringMatching(/^(?:[a-zä&<][a-zäö*_#<&[\]1.-]{0,6}|[*_]{1,2}[a-z]{1,4}[*_]{0,2})$/u);
  const line = fc.tuple(
    fc.constantFrom('', '- ', '1. ', '12. ', '   - ', '    2. ', '> ', '> - ', '# ', '    ', '```\n'),
    fc.array(word, { minLength: 1, maxLength: 4 }),
    fc.constantFrom('\n', '\n\n', '  \n'),
  );
  it('is in a message what was read, block by block', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const blocks = readMarkdown(lines.map(([mark, words, end]) => mark + words.join(' ') + end).join(''));
        const again = readMarkdown(messageMarkdown(blocks));
        assert.deepEqual(again.flatMap(wordsIn), blocks.flatMap(wordsIn), messageMarkdown(blocks));
      }),
      { numRuns: rounds(2_000) },
    );
  });
});

/** Numbers and words, as they are seen. */
function wordsIn(block: BlockNode): string[] {
  if (block.type === 'quote') return block.blocks.flatMap(wordsIn);
  const text = block.inlines
    .map((inline) => inline.text)
    .join('')
    .replaceAll(/[\s\u200B]/g, '');
  return [...block.markers.map(String), ...(text === '' ? [] : [text])];
}
