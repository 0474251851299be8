import assert from 'node:assert/strict';
import type { KnownBlock } from '@slack/types';
import { drawSummary } from '../../../src/channels/slack/ticket-feed.ts';
import type { TicketSummary } from '../../../src/domain/ticket-feed.ts';
import { anySummary } from '../summaries.ts';

const blocksOf = (over: Partial<TicketSummary> = {}) => drawSummary({ ...anySummary, ...over }).blocks;

describe('a ticket as Slack shows it to agents', () => {
  it('has what people wrote exactly, and no formatting, link or mention of theirs', () => {
    const words = '*bold* <!here> <https://evil.example|help> @channel & more';
    const lines = [{ name: 'Customer', value: 'Ada *Proposed* `grant` <!here>' }];
    const { blocks, text } = drawSummary({
      ...anySummary,
      words,
      lines,
      title: 'A <!here> & *b*',
      standing: 'By <@U1>',
    });
    assert.deepEqual(textsIn(blocks), ['A <!here> & *b*', words, 'Customer', ` ${lines[0]?.value ?? ''}`, 'By <@U1>']);
    assert.ok(!JSON.stringify(blocks).includes('mrkdwn'));
    // The plain text is read as mrkdwn.
    assert.ok(!/<[!@#h]/.test(text), text);
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
      textsIn(blocksOf({ words: '', lines: [] })).filter((text) => text !== '\n'),
      [anySummary.title, anySummary.standing],
    );
  });
});

/** The texts of blocks but those of buttons, in order. */
function textsIn(blocks: readonly KnownBlock[]): string[] {
  const texts = JSON.stringify(blocks.filter(({ type }) => type !== 'actions')).matchAll(/"text":("(?:[^"\\]|\\.)*")/g);
  return [...texts].map(([, text = '']) => JSON.parse(text) as string);
}
