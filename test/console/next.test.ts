import assert from 'node:assert/strict';
import fc from 'fast-check';
import { safeNext } from '../../src/console/sign-in/next.ts';

describe('where a sign-in goes on to', () => {
  const kept: readonly (readonly [string, string])[] = [
    ['/console', '/console'],
    ['/console/', '/console/'],
    ['/console/tickets/LK-1', '/console/tickets/LK-1'],
    ['/console?view=mine', '/console?view=mine'],
    ['/console/tickets?q=a&b=//evil.example#top', '/console/tickets?q=a&b=//evil.example#top'],
    ['/console/a/../b', '/console/b'],
    ['/console/ä', '/console/%C3%A4'],
  ];
  for (const [asked, next] of kept) it(`${asked} is inside`, () => assert.equal(safeNext(asked), next));

  const refused: readonly (string | null)[] = [
    ...[null, '', '/', 'console', '//evil.example', '//evil.example/console', '/\\evil.example', '\\\\evil.example'],
    ...['https://evil.example/console', 'https:/console', 'https:', 'javascript:alert(1)', ' /console', '/consolex'],
    ...['/console/../..', '/console/../../tickets', '/console/%2e%2e/tickets', '/console/.%2E/x', '/console\\..\\x'],
    ...[
      '/console/\t../x',
      '/console\n',
      '/console/\u0000',
      '/console@evil.example',
      '/console.evil.example',
      '/CONSOLE',
    ],
    ...['console/tickets', 'http://here/console/tickets', '//here/console/tickets', `/console/${'x'.repeat(500)}`],
  ];
  for (const asked of refused) it(`${JSON.stringify(asked)} is not`, () => assert.equal(safeNext(asked), '/console'));

  it('whatever is asked, a browser stays in the console', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '..',
      '.',
      '%2e',
      '%2f',
      'console',
      '@',
      ':',
      '?',
      '#',
      '\t',
      '\n',
      'evil.example',
      'https',
    );
    const asked = fc.oneof(
      fc.string(),
      fc.array(piece).map((pieces) => `/console${pieces.join('')}`),
    );
    fc.assert(
      fc.property(asked, (one) => {
        const next = new URL(safeNext(one), 'https://help.example.com/console/sign-in');
        assert.equal(next.origin, 'https://help.example.com');
        assert.match(next.pathname, /^\/console(?:\/|$)/);
      }),
    );
  });
});
