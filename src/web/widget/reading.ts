import type { TalksAnswer } from '../../domain/direct-line.ts';
import { callDirectLine } from './direct-line.ts';
import type { ChatSession } from './memory.ts';

const patience = () => AbortSignal.timeout(20_000);

/** Tells the server that everything up to `seq` was shown; false: it could not be told. */
export function markSeen(request: typeof fetch, { conversationId, token }: ChatSession, seq: number): Promise<boolean> {
  const call = { token, body: { watermark: String(seq) }, signal: patience(), keepalive: true };
  return callDirectLine(request, `conversations/${conversationId}/seen`, call).then(
    () => true,
    () => false,
  );
}

/** Shows whoever answers that the customer writes, every three seconds at most. */
export function typingTeller(request: typeof fetch): (session: ChatSession) => void {
  let toldAt = 0;
  return ({ conversationId, token, started, domain }) => {
    if (!started || domain !== undefined || Date.now() - toldAt < 3000) return;
    toldAt = Date.now();
    const call = { token, body: { type: 'typing' }, signal: patience() };
    void callDirectLine(request, `conversations/${conversationId}/activities`, call).catch(() => undefined);
  };
}

/** The conversations of whoever is signed in, those behind `before` or the newest; throws DirectLineError. */
export function listTalks(request: typeof fetch, { token }: ChatSession, before?: string): Promise<TalksAnswer> {
  const path = before === undefined ? 'conversations' : `conversations?before=${encodeURIComponent(before)}`;
  return callDirectLine<TalksAnswer>(request, path, { method: 'GET', token, signal: patience() });
}

/** How much is unread for whoever this identity, which is used up by that, proves; throws DirectLineError. */
export async function countUnread(request: typeof fetch, identity: string): Promise<number> {
  const { unread } = await callDirectLine<Pick<TalksAnswer, 'unread'>>(request, 'unread', {
    body: { identity },
    signal: patience(),
  });
  return unread;
}
