import type { WireActivity } from '../../domain/direct-line.ts';
import { rankOf, type Transcript } from '../shared/transcript.ts';
import type { ClientNeeds } from './client-needs.ts';

type Needs = Pick<ClientNeeds, 'memory' | 'tellOutcome'>;

/** Tells the host page what a complaint came to, where this reply says it: once, also where the conversation is read again. */
export function tellOutcomeOf(activity: WireActivity, transcript: Transcript, { memory, tellOutcome }: Needs): void {
  const outcome = activity.channelData?.latchkey?.outcome;
  const place = rankOf(activity);
  if (outcome === undefined || place <= (memory.read('told') ?? 0)) return;
  memory.keep('told', place);
  tellOutcome({ outcome, ticket: outcome === 'handed-off' ? transcript.ticket : undefined });
}
