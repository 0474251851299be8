import type { TalksAnswer, WireTalk } from '../../domain/direct-line.ts';
import type { Instant } from '../../domain/instant.ts';
import { iso } from '../../domain/instant.ts';
import type { Conversations, LoadedConversation, Reading, StoredActivity, Talk } from '../../domain/ports.ts';
import type { PersonKey } from '../../domain/privacy.ts';
import type { VerifiedSubject } from '../../domain/subject.ts';
import { ellipsize } from '../../domain/truncate.ts';
import { plainTextOf } from '../../markdown/plain-text.ts';
import { readMarkdown } from '../../markdown/read-markdown.ts';

/** So many of somebody's conversations are on a page. */
const mostListed = 20;
const longestWords = 140;
/** A conversation in which nothing was said for so long is over, unless somebody waits in it. */
const openMs = 7 * 86_400_000;

/** What finding somebody's conversations needs. */
export interface TalksNeeds {
  readonly store: Pick<Conversations, 'load' | 'identify'> & { readonly reading: Reading };
}

/** A page of one person's conversations, the one in which something was said last first. */
export async function talksOf({ store }: TalksNeeds, person: PersonKey, before?: string): Promise<TalksAnswer> {
  const [page, unread] = await Promise.all([
    store.reading.talksOf(person, mostListed, before),
    store.reading.unreadOf(person),
  ]);
  const talks = page.filter(({ last }) => last !== null);
  const end = page.length === mostListed ? page.at(-1) : undefined;
  return {
    conversations: talks.map(drawTalk),
    unread,
    next: end ? `${end.activeAt}.${end.id}` : null,
  };
}

/**
 * The conversation that somebody who comes back goes on with: in which something happened last; null: there is none that is open,
 * or they were refused something since. What was proved of them now is proved of it, too.
 */
export async function resumed({ store }: TalksNeeds, subject: VerifiedSubject, now: Instant): Promise<Talk | null> {
  const [talk] = await store.reading.talksOf(subject, 1);
  if (!talk || !isOpen(talk, now)) return null;
  const conversation = await store.load(talk.id);
  if (!conversation || isRefusedAnew(conversation, subject)) return null;
  const { denial } = conversation.subject ?? {};
  await store.identify(talk.id, { ...subject, ...(denial && { denial }) });
  return talk;
}

function isOpen(talk: Talk, now: Instant): boolean {
  return talk.isWaiting || talk.unread > 0 || saidAt(talk) > now - openMs;
}

function isRefusedAnew({ subject: before }: LoadedConversation, { denial }: VerifiedSubject): boolean {
  return denial !== undefined && JSON.stringify(denial) !== JSON.stringify(before?.denial);
}

const saidAt = ({ last, openedAt }: Talk): Instant => last?.at ?? openedAt;

function drawTalk(talk: Talk): WireTalk {
  const { id, last, unread, person, ticket } = talk;
  return { id, at: iso(saidAt(talk)), words: ellipsize(wordsOf(last), longestWords), unread, person, ticket };
}

function wordsOf(last: StoredActivity | null): string {
  if (last === null || last.type === 'event') return '';
  return last.type === 'message' ? last.text : plainTextOf(readMarkdown(last.reply.text));
}
