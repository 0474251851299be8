import assert from 'node:assert/strict';
import type { State } from '../../../dialogs/memory.ts';
import { nothingBlocks } from '../../../src/diagnosis/diagnose.ts';
import type { Reply } from '../../../src/domain/reply.ts';
import { isLine } from './letters.ts';
import { stateIn, type Turned } from './node.ts';

/** What must hold after every turn; each says what broke, or nothing. */
export const promises: Readonly<Record<string, (turned: Turned) => string | null>> = {
  'a person is one message away': ({ letter, node, effects }) => {
    if (!isForPerson(letter)) return null;
    const { memory } = stateOf(node);
    const isFull = effects.replies.some(({ text }) => isLine('enough-tickets', text));
    return memory.ticket === null && !isFull ? 'a person was asked for, and there is no ticket' : null;
  },

  'there are no more than two looks without news': ({ node }) =>
    node.looks > 2 ? `the same was found ${node.looks + 1} times` : null,

  'no step is read twice': ({ before, letter, effects }) => {
    if (letter === '(repeat)' || letter === 'Show the steps') return null;
    const known = stepsOf(before.state);
    const read = effects.replies.filter(({ kind }) => kind === 'steps');
    const now = stepsOf(JSON.stringify(effects.state));
    const isNew = now.length > known.length || complaintOf(before.state) !== effects.complaintNumber;
    return read.length > 0 && !isNew ? 'steps were read that had been read before' : null;
  },

  'no sentence contradicts the store': ({ before, node, effects }) => {
    const says = (key: string) => effects.replies.some(({ text }) => isLine(key, text));
    if (says('stopped') && node.ticket) return '"Nothing was sent", but there is a ticket';
    if (says('added-to-ticket') && effects.followUp === null) return '"Added", but nothing was';
    if (says('ticket-withdrawn') && effects.withdrawnTicket === null) return '"Closed", but it is open';
    if (says('no-ticket') && before.ticket) return '"No ticket", but there is one';
    if (says('ticket') && !effects.ticket) return 'a number was given, but no ticket was opened';
    if (says('ticket-reopened') && effects.resolution?.solved !== false) return '"Open again", but it is closed';
    return null;
  },

  'feedback is asked for only after an answer': ({ effects, node }) => {
    if (!effects.replies.some(({ text }) => isLine('ask-answered', text))) return null;
    if (effects.replies.some(({ text }) => isLine('no-article', text))) return 'feedback was asked for no answer';
    const { memory } = stateOf(node);
    return memory.verdict === null && memory.articles.length === 0 ? 'nothing was answered yet' : null;
  },

  'each outcome has its evidence': ({ before, letter, effects, node }) => {
    const { memory } = stateOf(node);
    const was = outcomeOf(before.state);
    const outcome = effects.outcome?.outcome ?? null;
    const primary = memory.verdict?.primary?.cause ?? null;
    if (outcome === was && complaintOf(before.state) === effects.complaintNumber) return null;
    const allows = primary === nothingBlocks.slug;
    if (outcome === 'verified' && !allows) return 'verified, but the account does not allow it';
    if (outcome === 'handed-off' && !effects.ticket) return 'handed off without a ticket';
    const isBlocked = primary !== null && !allows && primary !== 'still-propagating' && node.isSignedIn;
    const saysSo = letter === '(worked)' || letter === 'It worked';
    const isRating = letter === 'Yes' || letter === '(yes)';
    if (outcome === 'confirmed' && !saysSo && !isRating && effects.withdrawnTicket === null)
      return `confirmed by "${letter}"`;
    return outcome === 'confirmed' && saysSo && isBlocked ? 'confirmed, but the account says that it is blocked' : null;
  },

  'at most one question is open': ({ effects }) => {
    const questions = effects.replies.filter(({ text }) => asks(text));
    return questions.length > 1 ? questions.map(({ text }) => text).join(' / ') : null;
  },

  'a ticket ends what was asked before': ({ effects, node }) => {
    const others = stateOf(node).stack.filter(({ id }) => id !== 'hand-off');
    return effects.ticket && others.length > 0 ? `${others.map(({ id }) => id).join(', ')} still wait` : null;
  },

  'something is said': ({ effects, letter }) =>
    effects.replies.length === 0 && effects.answers.type === 'message' ? `"${letter}" got no answer` : null,

  'nobody is told twice in a row that they were not understood without a person first': ({ effects, node, before }) => {
    const missed = ({ replies }: { replies: readonly Reply[] }) =>
      replies.some(({ text }) => isLine('not-understood', text));
    if (!missed(effects) || missesOf(before.state) === 0) return null;
    return stateOf(node).memory.offered[0]?.means === 'hand-off' ? null : 'a person was not offered first';
  },
};

/** The looks without news behind a turn. */
export function looksAfter({ before, effects }: Turned): number {
  const same = ['still-blocked', 'still-nothing', 'still-unread', 'unchanged'];
  const looked = effects.replies.some(({ text }) => same.some((key) => isLine(key, text)));
  const isNews = effects.replies.some(({ kind }) => kind === 'verdict') && !looked;
  return isNews || complaintOf(before.state) !== effects.complaintNumber ? 0 : before.looks + Number(looked);
}

function asks(text: string): boolean {
  return text.split('\n').some((line) => line.endsWith('?') && !line.startsWith('>'));
}

function isForPerson(letter: string): boolean {
  return letter === '(hand-off)' || letter === 'Talk to a person' || letter === '(German for a person)';
}

function stateOf({ state }: { state: string | null }): State {
  return stateIn(state) ?? assert.fail();
}

function memoryOf(state: string | null) {
  return stateIn(state)?.memory;
}

function stepsOf(state: string | null) {
  return memoryOf(state)?.steps ?? [];
}

function complaintOf(state: string | null): number {
  return memoryOf(state)?.complaintNumber ?? 0;
}

function outcomeOf(state: string | null) {
  return memoryOf(state)?.outcome ?? null;
}

function missesOf(state: string | null): number {
  return memoryOf(state)?.misses ?? 0;
}
