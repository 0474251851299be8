import { channelWords } from '../channel-words.ts';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { render as renderAt, withoutButtons } from '../../../src/channels/slack/render.ts';
import type { TellableFinding } from '../../../src/domain/reply.ts';
import { escapeMarkdown } from '../../../src/console/escape-markdown.ts';
import { replies } from '../replies.ts';
import { render, replyWith, textsOf } from './messages.ts';

const folder = join(import.meta.dirname, 'rendered');

describe('a reply in Slack', () => {
  for (const [kind, reply] of Object.entries(replies))
    it(`of the kind "${kind}" looks as it did`, () => {
      const drawn = `${JSON.stringify(render(reply), null, 2)}\n`;
      const file = join(folder, `${kind}.json`);
      if (process.env.UPDATE === '1') writeFileSync(file, drawn);
      assert.equal(drawn, readFileSync(file, 'utf8'), 'UPDATE=1 rewrites it');
    });

  it('has a picture for each kind, and no other', () => {
    assert.deepEqual(
      readdirSync(folder).sort(),
      Object.keys(replies)
        .map((kind) => `${kind}.json`)
        .sort(),
    );
  });

  it('has Slack’s own control where an answer can be judged, and beside it what else can be chosen', () => {
    const rates = { complaintNumber: 0, cause: null, article: 'x', version: null };
    const actions = [...replies.feedback.actions, { label: 'Show the steps', means: 'show-steps' }];
    const [message = assert.fail()] = renderAt({ ...replies.feedback, rates, actions }, 12, channelWords());
    const [control, others] = message.blocks.slice(1);
    const button = (label: string, value: string) => ({
      text: { type: 'plain_text', text: label, emoji: false },
      accessibility_label: `${label}: Did this answer your question?`,
      value,
    });
    const buttons = { positive_button: button('Yes', 'yes 12'), negative_button: button('No', 'no 12') };
    assert.deepEqual(control, {
      type: 'context_actions',
      elements: [{ type: 'feedback_buttons', action_id: 'rate-answer', ...buttons }],
    });
    assert.match(JSON.stringify(others), /"actions".*Show the steps/);
    assert.doesNotMatch(JSON.stringify(others), /"(?:Yes|No)"/);
  });

  it('has one link for each address that a person wrote, whatever signs are in it', () => {
    const [text] = textsOf(render(replyWith(escapeMarkdown('see https://a.test/x_y_z?b=1&c=2*3!'))));
    const address = 'https://a.test/x_y_z?b=1&amp;c=2*3';
    assert.equal(text, `see <${address}|${address}>!`);
  });

  it('loses its buttons and nothing else when the talk went on', () => {
    for (const reply of Object.values(replies)) {
      const [last, closed] = [render(reply).at(-1), withoutButtons(reply, 1, null, channelWords())];
      assert.deepEqual(
        closed.blocks,
        last?.blocks.filter(({ type }) => type !== 'actions'),
      );
      assert.equal(closed.text, last?.text);
    }
    assert.ok(withoutButtons(replyWith('', ['Yes']), 1, null, channelWords()).blocks.length > 0);
  });

  it('is never nothing, whatever it says', () => {
    for (const text of ['', ' \n', '---', '>', '-']) assert.ok(render(replyWith(text))[0]?.text.trim(), text);
  });

  it('says of a verdict what it amounts to, and how many checks that rests on', () => {
    const findings = (...statuses: TellableFinding['status'][]) =>
      statuses.map((status, n): TellableFinding => ({
        ...{ cause: `cause-${n}`, status, fact: '', source: 'account-api', readAt: '2026-11-22T10:12:00Z' },
      }));
    const told = (...statuses: TellableFinding['status'][]) =>
      textsOf(render(replyWith('**No.** Why.', [], { kind: 'verdict', findings: findings(...statuses) })))[1];
    assert.equal(told('proved', 'ruled-out', 'unknown'), '*Cause found* · 2 checked · 1 could not be checked');
    assert.equal(told('possible'), '*It depends on the feature* · 1 checked');
    assert.equal(told('needs-feature'), '*It depends on the feature*');
    assert.equal(told('unknown', 'unknown'), '*Not everything could be checked* · 2 could not be checked');
    assert.equal(told('ruled-out', 'ruled-out'), '*Every check allows access* · 2 checked');
    assert.equal(told(), 'Why.');
  });

  it('has no heading that is only a part of what is bold', () => {
    const text = '**You *cannot* export.** More.';
    const findings = { kind: 'verdict', findings: [] } as const;
    assert.deepEqual(textsOf(render(replyWith(text, [], findings))), ['*You* *_cannot_* *export.* More.']);
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
    ['2. a\n\n5. b\n\n5. c', '2. a\n\n5. b\n\n6. c'],
    ['- [x] a\n- [ ] b', '• ☑ a\n• ☐ b'],
    ['text\n\n> q1\n> q2  \n> q3\n\nafter', 'text\n\n> q1 q2\n> q3\n\nafter'],
    ['```js\na < b\n```', '```\na &lt; b\n```'],
    ['| a | b |\n|---|---|\n| c | d |', '```\n| a | b |\n|---|---|\n| c | d |\n```'],
    ['**two\\\nlines** `a``b`', '*two*\n*lines* a``b'],
    ['a\\*b\\_c ** d', 'a*b_c ** d'],
  ];
  for (const [markdown, mrkdwn] of rows)
    it(`${JSON.stringify(markdown)} is ${JSON.stringify(mrkdwn)}`, () =>
      assert.equal(textsOf(render(replyWith(markdown)))[0], mrkdwn));

  it('is cut between sentences where it is long, else between words, and never within a character', () => {
    const sentences = textsOf(render(replyWith('This is one sentence of many. '.repeat(400))));
    assert.ok(sentences.length > 3);
    for (const text of sentences.slice(0, -1)) assert.match(text, /many\. ?$/);
    for (const text of textsOf(render(replyWith('word '.repeat(2_000))))) assert.match(text, /^word .*word ?$/);
    for (const text of textsOf(render(replyWith('👩‍👩‍👧‍👦'.repeat(1_000))))) assert.match(text, /^(?:👩‍👩‍👧‍👦)+$/u);
    const linked = textsOf(render(replyWith(`[${'a link '.repeat(900)}](https://a.test/x)`)));
    for (const text of linked) assert.match(text, /^<https:\/\/a\.test\/x\|[a link]+> ?$/);
  });
});
