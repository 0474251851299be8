import type { Memory } from './memory.ts';
import type { Turn } from './turn.ts';
import type { RecognizerResult } from '../src/domain/recognition.ts';
import type { WorkFacts } from '../src/domain/work.ts';
import { ACCEPT_THRESHOLD } from '../src/language/rank-intents.ts';

/** How sure it was what a message means: it was acted on, asked about, or not understood. */
const certainties = ['acted', 'asked', 'rejected'] as const;

/** What was heard; nothing of an event, which says it by its name. */
export function factsHeard(inbound: Turn['inbound'], { intent, confidence }: RecognizerResult): WorkFacts {
  if (inbound.type === 'event') return { activity: inbound.name };
  // A pressed button may name a value, and no intent.
  const [acted, asked, rejected] = certainties;
  const certainty = confidence >= ACCEPT_THRESHOLD ? acted : intent === null ? rejected : asked;
  return { activity: 'message', intent: intent ?? 'none', certainty };
}

/** What came of a turn, beside what was there before. */
export function factsOfAnswer({ memory }: Turn, before: Pick<Memory, 'verdict' | 'outcome'>): WorkFacts {
  const { verdict, outcome } = memory;
  return {
    result: 'answered',
    ...(verdict && verdict !== before.verdict && { cause: verdict.primary?.cause ?? 'none' }),
    ...(outcome !== null && outcome !== before.outcome && { outcome }),
  };
}
