import assert from 'node:assert/strict';
import { cutAt, splitBlock } from '../../src/markdown/cut.ts';
import { linesOf, textOf } from '../../src/markdown/inlines.ts';
import type { LeafBlock } from '../../src/markdown/ast.ts';
import { safeAddress } from '../../src/markdown/safe-address.ts';

describe('a long text', () => {
  const rows: readonly (readonly [text: string, room: number, first: string])[] = [
    ['One. Two two. Three three', 16, 'One. Two two. '],
    ['One\ntwo three', 6, 'One\n'],
    ['One. two three four five', 20, 'One. two three four '],
    ['“One.” Two', 8, '“One.” '],
    ['longword', 4, 'long'],
    ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 15, '👩‍👩‍👧‍👦'],
    ['👩‍👩‍👧‍👦', 4, '👩‍👩'.slice(0, 4)],
  ];
  for (const [text, room, first] of rows)
    it(`of which ${room} units fit begins with ${JSON.stringify(first)}`, () =>
      assert.equal(text.slice(0, cutAt(text, room)), first));

  it('is cut in its own style, and only its beginning is an item', () => {
    const inlines = [{ text: 'one two ' }, { text: 'three four', bold: true }];
    const block: LeafBlock = { type: 'paragraph', inlines, depth: 2, markers: [3], tight: true };
    const split = splitBlock(block, (rest) => (textOf(rest.inlines).length > 10 ? 10 : null));
    const rest = { type: 'paragraph', depth: 0, markers: [], tight: false };
    assert.deepEqual(split, [
      { ...block, inlines: [{ text: 'one two ' }] },
      { ...rest, inlines: [{ text: 'three four', bold: true }] },
    ]);
  });

  it('has lines, of which those without words are left out', () => {
    const lines = linesOf([{ text: 'a\n\nb' }, { text: 'c\n ', bold: true }]);
    assert.deepEqual(lines, [[{ text: 'a' }], [{ text: 'b' }, { text: 'c', bold: true }]]);
  });
});

describe('a safe address', () => {
  const rows: readonly (readonly [link: string, address: string | null])[] = [
    ['https://a.test', 'https://a.test/'],
    ['http://a.test/x?a=1&b=<2>|3', 'http://a.test/x?a=1&b=%3C2%3E%7C3'],
    ['mailto:a@b.test', 'mailto:a@b.test'],
    ['java\nscript:alert(1)', null],
    ['data:text/html,x', null],
    ['//a.test', null],
    ['/x', null],
    [`https://a.test/${'x'.repeat(1_000)}`, null],
    [`https://a.test/?${'&'.repeat(300)}`, null],
  ];
  for (const [link, address] of rows)
    it(`of ${JSON.stringify(link.slice(0, 40))} is ${address ?? 'none'}`, () =>
      assert.equal(safeAddress(link), address));
});
