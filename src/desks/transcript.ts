import { iso } from '../domain/instant.ts';
import type { Conversations, StoredActivity } from '../domain/ports.ts';
import { wordsWithScreenshots } from '../domain/screenshots.ts';
import type { Ticket } from '../domain/ticket.ts';

/** One message of a talk; `name`: of the person, where one of ours wrote it. */
export interface TranscriptLine {
  readonly at: string;
  readonly from: 'customer' | 'bot' | 'person';
  readonly name: string | null;
  readonly text: string;
}

/** What was said until a ticket was opened. */
export type TranscriptOf = (ticket: Ticket) => Promise<readonly TranscriptLine[]>;

/** Messages; a talk that is longer lacks its beginning. */
const mostLines = 100;
/** Activities that are looked through for them; between them stand events. */
const mostRead = 300;

/** Reads talks from where they are stored: the same at every attempt, but for what was taken back since. */
export function createTranscriptOf(conversations: Pick<Conversations, 'lastSeq' | 'activitiesAfter'>): TranscriptOf {
  return async ({ conversationId, openedAt }) => {
    const last = await conversations.lastSeq(conversationId);
    const stored = await conversations.activitiesAfter(conversationId, Math.max(0, last - mostRead), mostRead);
    return stored
      .filter(({ at }) => at <= openedAt)
      .flatMap(lineOf)
      .slice(-mostLines);
  };
}

function lineOf(stored: StoredActivity): TranscriptLine[] {
  if (stored.type === 'event') return [];
  const at = iso(stored.at);
  if (stored.type === 'message') {
    const text = wordsWithScreenshots(stored.text, stored.screenshots);
    return text === '' ? [] : [{ at, from: 'customer', name: null, text }];
  }
  const { reply } = stored;
  const isPerson = reply.kind === 'person';
  return [{ at, from: isPerson ? 'person' : 'bot', name: isPerson ? reply.name : null, text: reply.text }];
}
