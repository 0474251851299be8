import assert from 'node:assert/strict';
import type { BlockNode } from '../../src/markdown/ast.ts';
import { leadOf } from '../../src/markdown/lead.ts';
import { plainTextOf } from '../../src/markdown/plain-text.ts';
import { readMarkdown } from '../../src/markdown/read-markdown.ts';

const paragraph = { type: 'paragraph', depth: 0, markers: [], tight: false } as const;
const words = (text: string, over: object = {}) => ({ ...paragraph, inlines: text === '' ? [] : [{ text }], ...over });
const item = (text: string, ...markers: (number | null)[]) => words(text, { depth: 1, markers, tight: true });

describe('Markdown as blocks', () => {
  const rows: readonly (readonly [markdown: string, blocks: readonly object[]])[] = [
    ['a\nb  \nc\n\nd', [words('a b\nc'), words('d')]],
    [
      '# a `b`',
      [
        {
          ...paragraph,
          inlines: [
            { text: 'a ', bold: true },
            { text: 'b', bold: true, code: true },
          ],
        },
      ],
    ],
    ['- a\n- b', [{ ...item('a', null), tight: false }, item('b', null)]],
    [
      '- a\n\n- b',
      [
        { ...item('a', null), tight: false },
        { ...item('b', null), tight: false },
      ],
    ],
    ['1. a\n   - b\n\n   c', [{ ...item('a', 1), tight: false }, { ...item('b', null), depth: 2 }, item('c')]],
    ['- 2. a', [words('a', { depth: 2, markers: [null, 2], tight: false })]],
    ['- ', [words('', { depth: 1, markers: [null] })]],
    ['- [x] a\n- [ ] b', [{ ...item('☑ a', null), tight: false }, item('☐ b', null)]],
    ['> a\n>\n> - b', [{ type: 'quote', blocks: [words('a'), { ...item('b', null), tight: false }] }]],
    ['- > a\n  >\n  > b', [{ type: 'quote', blocks: [{ ...item('a', null), tight: false }, item('b')] }]],
    ['>', []],
    ['---', []],
    ['```js\na\n```', [words('a', { type: 'code' })]],
    ['|a|b|\n|-|-|\n|c|d|', [words('|a|b|\n|-|-|\n|c|d|', { type: 'code' })]],
    ['<div>\n\na', [words('<div>'), words('a')]],
    ['&lt;b> \\*x\\* &amp;amp;', [words('<b> *x* &amp;')]],
    ['[a](javascript:x) [b](/x)', [words('[a](javascript:x) [b](/x)')]],
    [
      '![a](https://a.test) <b@c.test>',
      [
        {
          ...paragraph,
          inlines: [
            { text: 'a', href: 'https://a.test/' },
            { text: ' ' },
            { text: 'b@c.test', href: 'mailto:b@c.test' },
          ],
        },
      ],
    ],
    ['[a](https://a.test?b=1&amp;c=2)', [{ ...paragraph, inlines: [{ text: 'a', href: 'https://a.test/?b=1&c=2' }] }]],
  ];
  for (const [markdown, blocks] of rows)
    it(`reads ${JSON.stringify(markdown)}`, () => assert.deepEqual(readMarkdown(markdown), blocks));

  const numbered: readonly (readonly [markdown: string, numbers: readonly number[]])[] = [
    ['1. a\n\n3. b\n\n7. c', [1, 3, 7]],
    ['0) a\n1) b', [0, 1]],
    ['1. a\n1. b\n1. c', [1, 2, 3]],
    ['3. a\n2. b\n9. c', [3, 4, 9]],
  ];
  for (const [markdown, numbers] of numbered)
    it(`numbers ${JSON.stringify(markdown)} as ${numbers.join(', ')}`, () => {
      const markers = (block: BlockNode) => (block.type === 'quote' ? [] : block.markers);
      assert.deepEqual(readMarkdown(markdown).flatMap(markers), numbers);
    });

  it('loses no word where it is nested too deep', () => {
    assert.match(plainTextOf(readMarkdown(`${'>'.repeat(10_000)} word`)), /word$/);
  });
});

describe('plain text of Markdown', () => {
  it('has the words and the numbers, and no signs, on one line', () => {
    const text = '# A\n\n*b* [c](https://c.test)  \nd\n\n> e\n\n7. f\n   - g\n8. h `i`';
    assert.equal(plainTextOf(readMarkdown(text)), 'A b c d e 7. f g 8. h i');
  });
});

describe('the bold words that a paragraph begins with', () => {
  it('are a heading, and the rest stays', () => {
    const lead = leadOf(readMarkdown('**A.** *b* c')[0]);
    assert.equal(lead?.heading, 'A.');
    assert.deepEqual(lead.rest.inlines, [{ text: '' }, { text: 'b', italic: true }, { text: ' c' }]);
    assert.deepEqual(leadOf(readMarkdown('**A.**')[0])?.rest.inlines, []);
  });

  it('are none where they are more than that', () => {
    for (const text of ['a **b**', '- **a**', '> **a**', '**a *b***', '**[a](https://a.test)**', '**a  \nb**', ''])
      assert.equal(leadOf(readMarkdown(text)[0]), null, text);
  });
});
