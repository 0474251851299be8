import assert from 'node:assert/strict';
import { drawSummary } from '../../../src/channels/slack/board.ts';
import type { TicketSummary } from '../../../src/domain/escalation.ts';
import { anySummary } from '../summaries.ts';

const blocksOf = (over: Partial<TicketSummary> = {}) => drawSummary({ ...anySummary, ...over }).blocks;

describe('a ticket as Slack shows it to agents', () => {
  it('has the customer’s words exactly, and no formatting, link or mention of theirs', () => {
    const words = '*bold* <!here> <https://evil.example|help> @channel & more';
    const { blocks, text } = drawSummary({ ...anySummary, words, title: 'A <!here> & b', standing: 'By <@U1>' });
    assert.deepEqual(blocks[1], {
      type: 'rich_text',
      elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: words }] }],
    });
    const others = JSON.stringify([blocks[0], ...blocks.slice(2), text]);
    assert.ok(!/<[!@#h]/.test(others), others);
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
    assert.deepEqual(
      blocksOf({ words: '', lines: [] }).map(({ type }) => type),
      ['section', 'context', 'actions'],
    );
  });
});
