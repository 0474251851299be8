import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lexer, type Token } from 'marked';
import { escapeMarkdown } from '../../src/console/escape-markdown.ts';
import { rounds } from '../support/rounds.ts';

/** What a reader sees of Markdown: its words, line by line; what is more than words and links is named. */
function seen(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'paragraph' || (token.type === 'text' && 'tokens' in token && token.tokens))
        return seen('tokens' in token ? (token.tokens ?? []) : []);
      if (token.type === 'text') return unescaped((token as { text: string }).text);
      if (token.type === 'escape') return (token as { text: string }).text;
      if (token.type === 'br') return '\n';
      if (token.type === 'space') return '\n\n';
      if (token.type === 'link') return seen((token as { tokens: Token[] }).tokens);
      return `[${token.type}]`;
    })
    .join('');
}
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const unescaped = (text: string) =>
  text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? '');
const shown = (text: string) => seen(lexer(escapeMarkdown(text)));

describe('what a person writes', () => {
  for (const text of [
    '*stars*, _lines_ and `ticks`',
    '# no heading\n- no list\n1. no number\n> no quote',
    '<b>no tag</b> & no &amp; entity',
    '[no](https://evil.example) link',
    'a\nb\nc',
    '2 * 3 * 4 = 24, ~5~, a|b',
    '===\n---',
  ])
    it(`is shown as it is: ${JSON.stringify(text)}`, () => assert.equal(shown(text), text));

  it('is shown as it is, whatever it is made of', () => {
    const piece = fc.constantFrom(
      '*',
      '_',
      '`',
      '#',
      '- ',
      '1. ',
      '>',
      '<',
      '[',
      '](',
      ')',
      '&',
      '~',
      '|',
      '\\',
      'a',
      ' b',
      '\n',
      '!',
      '=',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces
          .join('')
          .replaceAll(/[ \t]+/g, ' ')
          .replaceAll(/ ?\n[ \n]*/g, '\n')
          .trim();
        assert.equal(shown(text), text);
      }),
      { numRuns: rounds(2_000) },
    );
  });

  for (const [text, ...hrefs] of [
    ['See https://help.test/a_b_c?x=1&y=2 please', 'https://help.test/a_b_c?x=1&y=2'],
    ['Look (https://help.test/a), or here: https://help.test/b.', 'https://help.test/a', 'https://help.test/b'],
    ['https://help.test/a_(b)_c', 'https://help.test/a_%28b%29_c'],
    ['(see https://help.test/Foo_(bar))', 'https://help.test/Foo_%28bar%29'],
    ['https://help.test/list?f[status]=open&x=1.', 'https://help.test/list?f%5bstatus%5d=open&x=1'],
    ['Done!https://help.test/x.png', 'https://help.test/x.png'],
    ['https://help.test/?q=it’s, https://a.test/b!?', 'https://help.test/?q=it’s', 'https://a.test/b'],
    ['not [https://help.test/a](https://help.test/b)', 'https://help.test/a', 'https://help.test/b'],
    ['no javascript:alert(1) and no //x'],
  ] as const)
    it(`has addresses that can be followed, and is shown as it is: ${text}`, () => {
      const found = [...JSON.stringify(lexer(escapeMarkdown(text))).matchAll(/"href":"([^"]*)"/g)].map(
        ([, href]) => href,
      );
      assert.deepEqual(found, hrefs);
      assert.equal(shown(text), text);
    });
});
