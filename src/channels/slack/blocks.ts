import type { ActionsBlock, Button, ContextActionsBlock, ContextBlock, HeaderBlock, SectionBlock } from '@slack/types';
import { truncate, ellipsize } from '../../domain/truncate.ts';
import { actionIdOf, rateAction, ratingValue } from './actions.ts';

/** Slack's limits in characters, and ours: all blocks of a message together are refused from about 13,200 on. */
export const limits = {
  section: 3_000,
  header: 150,
  button: 75,
  value: 2_000,
  buttons: 25,
  blocks: 50,
  /** Of the blocks as JSON. */
  message: 12_000,
  /** Of the plain text. */
  text: 4_000,
} as const;

/** How long something is as JSON. */
export function lengthOf(value: unknown): number {
  return JSON.stringify(value).length;
}

// Verbatim: Slack makes no links, channels or mentions of what only looks like one.
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text, verbatim: true }) as const;

/** A paragraph of mrkdwn. Expanded: an answer is not hidden behind “See more”. */
export const sectionOf = (text: string): SectionBlock => ({ type: 'section', text: mrkdwn(text), expand: true });

/** Small mrkdwn that stands by itself. */
export const contextOf = (text: string): ContextBlock => ({ type: 'context', elements: [mrkdwn(text)] });

/** Words without any formatting. */
export const plain = (text: string) => ({ type: 'plain_text', text, emoji: false }) as const;

/** A heading of plain text. */
export const headerOf = (text: string): HeaderBlock => ({ type: 'header', text: plain(text) });

/** Slack's own control for judging the answer that the reply `seq` asks about. */
export function feedbackBlock(seq: number, question: string, labels: { yes: string; no: string }): ContextActionsBlock {
  const button = (answered: boolean, label: string) => ({
    text: plain(ellipsize(label, limits.button)),
    accessibility_label: ellipsize(`${label}: ${question}`, limits.button),
    value: ratingValue(answered, seq),
  });
  const buttons = { positive_button: button(true, labels.yes), negative_button: button(false, labels.no) };
  return { type: 'context_actions', elements: [{ type: 'feedback_buttons', action_id: rateAction, ...buttons }] };
}

/** Buttons that say their labels, in as few blocks as Slack's limits allow. */
export function buttonBlocks(labels: readonly string[]): readonly ActionsBlock[] {
  const blocks: ActionsBlock[] = [];
  let elements: Button[] = [];
  labels.forEach((label, i) => {
    const button = buttonOf(label, i);
    const isFull = elements.length === limits.buttons || lengthOf([...elements, button]) > limits.message / 2;
    if (isFull && elements.length > 0) elements = [];
    if (elements.length === 0) blocks.push({ type: 'actions', elements });
    elements.push(button);
  });
  return blocks;
}

function buttonOf(label: string, i: number): Button {
  return {
    type: 'button',
    text: plain(ellipsize(label, limits.button)),
    value: truncate(label, limits.value),
    action_id: actionIdOf(i),
  };
}
