import type { Conversations } from '../domain/ports.ts';
import { longestReason, type RatedAnswer } from '../domain/outcome.ts';
import { redact } from '../redaction/index.ts';
import { truncate } from '../domain/truncate.ts';

/** An answer that can be judged: the number of the reply that asks, and what it asks about. */
export interface FoundAnswer {
  readonly seq: number;
  readonly of: RatedAnswer;
}

/** Finds what is judged with a client's own control; null: there is nothing such in this conversation. */
export type FindRatedAnswer = (conversationId: string, seq: number | null) => Promise<FoundAnswer | null>;

/** Where a client does not say which answer it means, it is the last one, among so many activities. */
const lookBack = 50;

/** Looks among the stored activities; `seq` null: the client does not say which. */
export function createFindRatedAnswer(
  conversations: Pick<Conversations, 'activitiesAfter' | 'lastSeq'>,
): FindRatedAnswer {
  return async (id, seq) => {
    const behind = seq === null ? Math.max((await conversations.lastSeq(id)) - lookBack, 0) : seq - 1;
    const found = await conversations.activitiesAfter(id, behind, seq === null ? lookBack : 1);
    return found.reduce<FoundAnswer | null>((last, one) => {
      const of = one.type === 'reply' && one.reply.kind === 'feedback' ? one.reply.rates : undefined;
      return of && (seq === null || one.seq === seq) ? { seq: one.seq, of } : last;
    }, null);
  };
}

/** A reason as it is kept: without secrets; null: none was told. */
export function reasonOf(told: unknown): string | null {
  const words = typeof told === 'string' ? truncate(redact(told.trim()).text, longestReason) : '';
  return words === '' ? null : words;
}
