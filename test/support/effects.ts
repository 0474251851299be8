import assert from 'node:assert/strict';
import type { Store, TurnEffects } from '../../src/domain/ports.ts';

type Needed = Pick<TurnEffects, 'conversationId' | 'version' | 'answers'>;

/** The effects of a turn that does nothing but what is told. */
export function effectsOf(of: Needed & Partial<TurnEffects>): TurnEffects {
  return {
    ...{ complaintNumber: 0, state: {}, replies: [], ticket: null, feedback: null, outcome: null, shown: [] },
    ...{ unanswered: null, resolution: null, followUp: null, followUpQuestion: null, amendedTicket: null },
    ...{ withdrawnTicket: null, personLeft: false, linkCode: null },
    ...of,
  };
}

/** The same for a turn of this conversation that answers what waits. */
export async function nextEffects(
  store: Pick<Store, 'nextPending' | 'load'>,
  conversationId: string,
  differs: Partial<TurnEffects> = {},
): Promise<TurnEffects> {
  const answers = (await store.nextPending(conversationId)) ?? assert.fail('nothing waits');
  const { version } = (await store.load(conversationId)) ?? assert.fail('there is no such conversation');
  return effectsOf({ conversationId, version, answers, ...differs });
}
