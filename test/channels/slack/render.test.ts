import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { render, settled } from '../../../src/channels/slack/render.ts';
import { asWritten } from '../../../src/console/as-written.ts';
import { storedReplies } from '../replies.ts';
import { reply, textsOf } from './drawn.ts';

const folder = join(import.meta.dirname, 'rendered');

describe('a reply in Slack', () => {
  for (const [kind, activity] of Object.entries(storedReplies))
    it(`of the kind "${kind}" looks as it did`, () => {
      const drawn = `${JSON.stringify(render(activity), null, 2)}\n`;
      const file = join(folder, `${kind}.json`);
      if (process.env.UPDATE_RENDERED === '1') writeFileSync(file, drawn);
      assert.equal(drawn, readFileSync(file, 'utf8'));
    });

  it('has a picture for each kind, and no other', () => {
    assert.deepEqual(
      readdirSync(folder).sort(),
      Object.keys(storedReplies)
        .map((kind) => `${kind}.json`)
        .sort(),
    );
  });

  it('has one link for each address that a person wrote, whatever signs are in it', () => {
    const [text] = textsOf(render(reply(asWritten('see https://a.test/x_y_z?b=1&c=2*3!'))));
    const address = 'https://a.test/x_y_z?b=1&amp;c=2*3';
    assert.equal(text, `see <${address}|${address}>!`);
  });

  it('loses its buttons and nothing else when the talk went on', () => {
    for (const activity of Object.values(storedReplies)) {
      const [last, closed] = [render(activity).at(-1), settled(activity)];
      assert.deepEqual(
        closed.blocks,
        last?.blocks.filter(({ type }) => type !== 'actions'),
      );
      assert.equal(closed.text, last?.text);
    }
    assert.ok(settled(reply('', ['Yes'])).blocks.length > 0);
  });

  it('is never nothing, whatever is stored', () => {
    for (const activity of [{}, { text: 1 }, { text: '' }, { text: ' \n' }, { text: '---' }])
      assert.ok(render(activity)[0]?.text.trim(), JSON.stringify(activity));
  });
});

describe('Markdown in Slack', () => {
  const rows: readonly (readonly [markdown: string, mrkdwn: string])[] = [
    ['**bold**, *it*, ***both***, ~~old~~, `code`', '*bold*, _it_, *_both_*, ~old~, `code`'],
    ['[a & b](https://a.test/?x=1&y=2|3)', '<https://a.test/?x=1&amp;y=2%7C3|a &amp; b>'],
    [
      'https://a.test/x and <b>5 > 3</b> &amp; &lt;',
      '<https://a.test/x|https://a.test/x> and &lt;b&gt;5 &gt; 3&lt;/b&gt; &amp; &lt;',
    ],
    ['[no](javascript:alert(1)) ![pic](https://a.test/p.png)', '[no](javascript:alert(1)) <https://a.test/p.png|pic>'],
    ['<!channel> <@U1> <#C1|x>', '&lt;!channel&gt; &lt;@U1&gt; &lt;#C1|x&gt;'],
    ['one\ntwo  \nthree\n\nfour', 'one two\nthree\n\nfour'],
    ['# Title\n\ntext', '*Title*\n\ntext'],
    ['- a\n- b\n  - c\n  - d\n- e', '• a\n• b\n    ◦ c\n    ◦ d\n• e'],
    ['3. a\n\n   more\n4. b', '3. a\n    more\n\n4. b'],
    ['- [x] a\n- [ ] b', '• ☑ a\n• ☐ b'],
    ['text\n\n> q1\n> q2  \n> q3\n\nafter', 'text\n\n> q1 q2\n> q3\n\nafter'],
    ['```js\na < b\n```', '```\na &lt; b\n```'],
    ['| a | b |\n|---|---|\n| c | d |', '```\n| a | b |\n|---|---|\n| c | d |\n```'],
    ['**two\\\nlines** `a``b`', '*two*\n*lines* a``b'],
    ['a\\*b\\_c ** d', 'a*b_c ** d'],
  ];
  for (const [markdown, mrkdwn] of rows)
    it(`${JSON.stringify(markdown)} is ${JSON.stringify(mrkdwn)}`, () =>
      assert.equal(textsOf(render(reply(markdown)))[0], mrkdwn));

  it('is cut between sentences where it is long, else between words, and never within a character', () => {
    const sentences = textsOf(render(reply('This is one sentence of many. '.repeat(400))));
    assert.ok(sentences.length > 3);
    for (const text of sentences.slice(0, -1)) assert.match(text, /many\. ?$/);
    for (const text of textsOf(render(reply('word '.repeat(2_000))))) assert.match(text, /^word .*word ?$/);
    for (const text of textsOf(render(reply('👩‍👩‍👧‍👦'.repeat(1_000))))) assert.match(text, /^(?:👩‍👩‍👧‍👦)+$/u);
    const linked = textsOf(render(reply(`[${'a link '.repeat(900)}](https://a.test/x)`)));
    for (const text of linked) assert.match(text, /^<https:\/\/a\.test\/x\|[a link]+> ?$/);
  });
});
