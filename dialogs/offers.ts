import { mayLook } from './look-again.ts';
import type { Turn } from './turn.ts';

/** What may be said after a verdict; a person first where only we can fix it, or looking again brought nothing. */
export function offered(turn: Turn) {
  const isOurs = turn.words.fixer(turn.memory.verdict?.primary ?? null) === 'us';
  return isOurs || !mayLook(turn) ? withPersonFirst(turn) : { actions: offers.map((name) => turn.words.action(name)) };
}

const offers = ['done', 'worked', 'hand-off'] as const;

/** A person is offered: a yes takes the offer. */
export function withPersonFirst({ words }: Turn) {
  const actions = (['hand-off', 'done', 'worked'] as const).map((name) => words.action(name));
  return { actions, asked: { yes: 'hand-off', no: 'no-person' } };
}
