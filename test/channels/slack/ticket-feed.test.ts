import assert from 'node:assert/strict';
import type { KnownBlock } from '@slack/types';
import { drawSummary } from '../../../src/channels/slack/ticket-feed.ts';
import type { TicketSummary } from '../../../src/domain/ticket-feed.ts';
import { anySummary } from '../summaries.ts';

const blocksOf = (over: Partial<TicketSummary> = {}) =>
  drawSummary({ ...anySummary, ...over }).attachments.flatMap(({ blocks = [] }) => blocks as KnownBlock[]);

describe('a ticket as Slack shows it to agents', () => {
  it('has what people wrote exactly, and no formatting, link or mention of theirs', () => {
    const hostile = '*bold* <!here> <https://evil.example|help> @channel & more';
    const [title, context, next, standing] = ['A', 'B', 'C', 'D'].map((letter) => `${letter} ${hostile}`);
    const summary = { ...anySummary, words: hostile, title, context, next, standing } as TicketSummary;
    for (const state of ['free', 'taken', 'closed'] as const) {
      const blocks = blocksOf({ ...summary, state });
      const told = textsIn(blocks).join('\n');
      const shown = {
        free: [title, context, hostile, next, standing],
        taken: [title, standing],
        closed: [standing, title],
      };
      for (const text of shown[state]) assert.ok(told.includes(text ?? ''), `${state} lacks ${text ?? ''}`);
      assert.ok(!JSON.stringify(blocks).includes('mrkdwn'));
    }
    // The plain text is read as mrkdwn.
    assert.ok(!/<[!@#h]/.test(drawSummary(summary).text));
  });

  it('says on a lock screen what it is about and who has it', () => {
    assert.equal(drawSummary(anySummary).text, `${anySummary.title} Waiting: “${anySummary.words}”`);
  });

  it('is seen by its colour: urgent, free, taken, closed', () => {
    const colourOf = (over: Partial<TicketSummary>) => drawSummary({ ...anySummary, ...over }).attachments[0]?.color;
    const all = [{ isUrgent: true }, {}, { state: 'taken' }, { state: 'closed' }] as const;
    assert.equal(new Set(all.map(colourOf)).size, 4);
  });

  it('is two lines once somebody has it, and one when it is closed', () => {
    const { title } = anySummary;
    const taken = textsIn(blocksOf({ state: 'taken', standing: 'Claimed by Ana' }));
    assert.deepEqual(taken, [title, 'Claimed by Ana · since ']);
    const closed = textsIn(blocksOf({ state: 'closed', standing: 'Closed by Ana: no seat' }));
    assert.deepEqual(closed, ['Closed by Ana: no seat', ` · ${title}`]);
  });

  it('tells the time in each reader’s own zone', () => {
    const [block] = blocksOf();
    assert.match(JSON.stringify(block), /"type":"date","timestamp":1795342320,.*"fallback":"2026-11-22T10:12:00.000Z"/);
  });

  it('can be claimed while it is free, and opened always', () => {
    const actions = (state: TicketSummary['state']) =>
      blocksOf({ state }).flatMap((block) =>
        block.type === 'actions' ? block.elements.map((one) => ('action_id' in one ? one.action_id : '')) : [],
      );
    assert.deepEqual(actions('free'), ['claim-ticket', 'open-ticket']);
    for (const state of ['taken', 'closed'] as const) assert.deepEqual(actions(state), ['open-ticket']);
  });

  it('leaves out what is empty', () => {
    const { title, context } = anySummary;
    assert.deepEqual(textsIn(blocksOf({ words: '', next: '' })), [title, `\n${context}`, 'Waiting · since ']);
  });
});

/** The texts of blocks but those of buttons, in order. */
function textsIn(blocks: readonly KnownBlock[]): string[] {
  const texts = JSON.stringify(blocks.filter(({ type }) => type !== 'actions')).matchAll(/"text":("(?:[^"\\]|\\.)*")/g);
  return [...texts].map(([, text = '']) => JSON.parse(text) as string);
}
