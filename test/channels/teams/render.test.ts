import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lexer } from 'marked';
import { format } from 'prettier';
import type { Drawing } from '../../../src/channels/teams/drawing.ts';
import { chosenOf, render, withoutButtons } from '../../../src/channels/teams/render.ts';
import { escapeMarkdown } from '../../../src/console/escape-markdown.ts';
import type { Reply } from '../../../src/domain/reply.ts';
import { replies } from '../replies.ts';
import { assertDrawn } from './cards.ts';
import { anySummary } from '../summaries.ts';
import { drawSummary } from '../../../src/channels/teams/ticket-feed.ts';
import { channelWords } from '../channel-words.ts';
import { drawing } from './drawing.ts';
import { wordsOf } from './site.ts';

const folder = join(import.meta.dirname, 'rendered');
const texts = (text: string): readonly unknown[] =>
  render({ kind: 'text', text, actions: [] }, 1, drawing).map((one) => one.text);
const inCard = (text: string): string =>
  wordsOf(render({ kind: 'ticket', ticket: '', text, actions: [] }, 1, drawing)[0]?.attachments);
const labelOf = ({ actions }: Reply): string | undefined => actions[0]?.label;

describe('replies as Teams shows them', () => {
  for (const [name, reply] of Object.entries(replies))
    it(`draws ${name} as before`, async () => {
      const activities = render(reply, 7, drawing);
      assertDrawn(activities);
      const drawn = { activities, settled: withoutButtons(reply, chosenOf(reply, labelOf(reply)), drawing) };
      const file = join(folder, `${name}.json`);
      if (process.env.UPDATE === '1')
        writeFileSync(file, await format(JSON.stringify(drawn), { parser: 'json', printWidth: 120 }));
      assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), drawn, 'UPDATE=1 rewrites it');
    });

  it('has a picture of every kind, and of no other', () => {
    const names = Object.keys(replies).map((name) => `${name}.json`);
    assert.deepEqual(readdirSync(folder).sort(), names.sort());
  });

  it('takes the buttons off every message that has some: none is left, and what was chosen is told', () => {
    for (const reply of Object.values(replies)) {
      const label = labelOf(reply);
      if (label === undefined) continue;
      const after = withoutButtons(reply, label, drawing);
      assertDrawn([after]);
      assert.ok(!JSON.stringify(after).includes('Action.Execute'));
      assert.ok(wordsOf(after).endsWith(`You chose “${label}”.`));
      assertDrawn([withoutButtons(reply, null, drawing)]);
      assert.ok(!wordsOf(withoutButtons(reply, null, drawing)).includes('You chose'));
    }
  });

  it('breaks what has no spaces, code and a customer’s JSON', () => {
    const json = `{"code":"forbidden","request_id":"req_${'0'.repeat(40)}","limit":500000}`;
    const code = JSON.stringify(
      render({ kind: 'person', name: 'Ana', text: `\`\`\`\n${json}\nshort\n\`\`\``, actions: [] }, 1, drawing),
    );
    assert.equal(code.match(/"TextBlock","text":"\{/g)?.length, 1);
    assert.equal(code.match(/"RichTextBlock"/g)?.length, 1);
    const feed = JSON.stringify(drawSummary({ ...anySummary, words: `${json} a,b` }, channelWords()));
    assert.ok(feed.includes(JSON.stringify(`${json.replaceAll(',', ',\u200B')} a,b`)));
  });

  it('leaves judging to Teams’ thumbs where the settings do, and typed or pressed yes and no elsewhere', () => {
    const rates = { complaintNumber: 1, cause: null, article: 'x', version: 'v' };
    const asked: Reply = { ...replies.feedback, kind: 'feedback', rates };
    const drawn = (reply: Reply, feedback: Drawing['feedback']) => render(reply, 7, { ...drawing, feedback }).at(-1);
    for (const type of ['default', 'custom'] as const) {
      assertDrawn([drawn(asked, type) ?? {}]);
      assert.deepEqual(drawn(asked, type)?.channelData, { feedbackLoop: { type } });
      assert.ok(!JSON.stringify(drawn(asked, type)).includes('Action.Execute'));
      assert.equal(drawn(replies.feedback, type)?.channelData, undefined, 'an older version asked it');
    }
    assert.equal(drawn(asked, 'buttons')?.channelData, undefined);
    assert.ok(JSON.stringify(drawn(asked, 'buttons')).includes('Action.Execute'));
  });

  it('links an article once', () => {
    const shown = render(replies.steps, 1, drawing).map(wordsOf).join();
    assert.equal(shown.split(replies.steps.article.url).length, 2);
  });

  it('leaves no list to the reader of Markdown, which would count the steps anew', () => {
    const lines = inCard('7. Reload\n   - the page\n      - again\n9. Wait\n\n   a little').split('\n');
    const rows = ['7.\u00A0', 'Reload', '•\u00A0', 'the page', '•\u00A0', 'again', '9.\u00A0', 'Wait', 'a little'];
    assert.deepEqual(lines, rows);
    for (const line of lines) assert.ok(!lexer(line).some(({ type }) => type === 'list'), line);
  });

  it('says in notifications what was written, without the marks that keep it so', () => {
    const text = escapeMarkdown('2 * 3, see https://help.test/a_b');
    const [{ summary } = assert.fail()] = render({ kind: 'person', name: 'Ana', text, actions: [] }, 1, drawing);
    assert.equal(summary, '2 * 3, see https://help.test/a_b');
  });

  it('makes nothing of what only looks like formatting: a name, a label, a fact, a customer’s words', () => {
    const name = render({ kind: 'person', name: '*A* [b](https://x.test)', text: 'Hi', actions: [] }, 1, drawing);
    assert.ok(wordsOf(name).includes('**\\*A\\* \\[b\\]\u200B(https://x.test)** · a person'));
    const chosen = withoutButtons({ ...replies.choice, actions: [{ label: '_x_', means: 'x' }] }, '_x_', drawing);
    assert.ok(wordsOf(chosen).endsWith('You chose “\\_x\\_”.'));
    const fact = { cause: 'no-seat', status: 'proved', fact: '*no* seat', source: 'account-api', readAt: '' } as const;
    assert.ok(
      wordsOf(render({ kind: 'verdict', text: 'x', actions: [], findings: [fact] }, 1, drawing)).includes(
        '\\*no\\* seat',
      ),
    );
    assert.equal(
      inCard(escapeMarkdown('1. [a]: https://a.test {{DATE(2026-11-22T10:12:00Z)}}')),
      '1\\. \\[a\\]: [https://a.test](https://a.test/) {\u200B{DATE(2026-11-22T10:12:00Z)}}',
    );
  });

  it('cuts long words between characters, and a long message between its blocks or sentences', () => {
    const activities = texts(`x${'😀'.repeat(9_000)}`);
    assert.ok(activities.length > 1 && activities.every((text) => String(text).isWellFormed()));
    const said = texts(`${'One. '.repeat(1_500)}\n\n**${'Two. '.repeat(900).trim()}**\n\n> ${'Three. '.repeat(2_000)}`);
    assert.deepEqual(
      said.map((text) => String(text).slice(0, 7)),
      ['One. On', '**Two. ', '> Three', '> Three'],
    );
    for (const text of said) assert.match(String(text), /\.(?:\*\*)?$/);
  });

  it('shows HTML as it was written', () => {
    assert.deepEqual(texts('<b>5 > 3 & 2</b> `a < b` `c`'), ['&lt;b>5 > 3 &amp; 2&lt;/b> a &lt; b `c`']);
    assert.deepEqual(texts(escapeMarkdown('<b> & &lt; *x*')), ['&lt;b\\> &amp; &amp;lt; \\*x\\*']);
    assert.equal(inCard('<b>5 > 3 & 2</b>'), '<b>5 > 3 & 2</b>');
  });

  it('links only where it leads to pages and mailboxes; what else looks like a link is what was written', () => {
    const text = '[a](https://help.test/x) [b](javascript:alert%281%29) [c](data:text/html,x) [d](//x)';
    const shown =
      '[a](https://help.test/x) [b]\u200B(javascript:alert%281%29) [c]\u200B(data:text/html,x) [d]\u200B(//x)';
    assert.deepEqual(texts(text), [shown]);
    assert.equal(inCard(text), shown);
    const article = { slug: 'x', title: 'x', url: 'javascript:1' };
    assert.ok(!JSON.stringify(render({ ...replies.steps, kind: 'steps', article }, 1, drawing)).includes('OpenUrl'));
  });
});
