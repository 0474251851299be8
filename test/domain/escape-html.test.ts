import assert from 'node:assert/strict';
import fc from 'fast-check';
import { escapeHtml } from '../../src/domain/escape-html.ts';

const signs: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

describe('a text as HTML', () => {
  it('has no sign that ends a text, an element or a quoted attribute', () =>
    assert.equal(escapeHtml(`<a href="x" title='y'>&amp;`), '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;'));

  it('shows the text as it is', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('&', '<', '>', '"', "'", 'a', ';', 'amp') }), (text) => {
        const html = escapeHtml(text);
        assert.doesNotMatch(html, /[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/);
        const shown = html.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => signs[name] ?? '');
        assert.equal(shown, text);
      }),
    ));
});
