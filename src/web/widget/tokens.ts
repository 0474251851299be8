import type { StartAnswer, TokenAnswer } from '../../domain/direct-line.ts';
import { callDirectLine, isRetryable } from './direct-line.ts';
import type { ClientNeeds } from './client-needs.ts';
import type { Denied } from './host-messages.ts';
import type { ChatSession } from './memory.ts';

/** What stays of a session when its token is another one; `domain` is taken from our own server's answer alone. */
const sessionOf = (
  answer: TokenAnswer,
  { started, domain, seen, elsewhere, byLink }: Omit<ChatSession, 'conversationId' | 'token' | 'expires'>,
): ChatSession => ({
  conversationId: answer.conversationId,
  token: answer.token,
  expires: Date.now() + answer.expires_in * 1000,
  started,
  ...(domain !== undefined && { domain }),
  ...(seen !== undefined && { seen }),
  ...(elsewhere && { elsewhere }),
  ...(byLink && { byLink }),
});

/** Whom a conversation is begun for. */
export interface Who {
  /** Signed by the host page; null: it is nobody. */
  readonly identity: string | null;
  /** The host page has an identity that was refused, or could not get one. */
  readonly unconfirmed: boolean;
  /** What the host page says, unsigned, that it refused. */
  readonly denied: Denied | undefined;
  /** Another conversation, though there is one to go on with. */
  readonly anew: boolean;
}

/** A conversation, and where to listen. */
interface Opened {
  readonly session: ChatSession;
  /** Empty: it has to be opened. */
  readonly streamUrl: string;
}

/** A new conversation, for a proved identity or for nobody, which Azure does not open; throws DirectLineError. */
export async function begin(
  { fetch: request, zone, locale }: Pick<ClientNeeds, 'fetch' | 'zone' | 'locale'>,
  { identity, unconfirmed, denied, anew }: Who,
  signal: AbortSignal,
): Promise<Opened> {
  const body = {
    ...{ localTimezone: zone, locale, start: true },
    ...(identity ? { identity } : unconfirmed ? { unconfirmed } : {}),
    ...(denied && { denied }),
    ...(anew && { anew }),
  };
  const answer = await callDirectLine<TokenAnswer & Partial<StartAnswer>>(request, 'tokens/generate', { body, signal });
  const { streamUrl = '' } = answer;
  return { session: sessionOf(answer, { ...answer, started: streamUrl !== '' }), streamUrl };
}

/** Opens a conversation, or goes on after `watermark`, and returns where to listen; throws DirectLineError. */
export async function open(
  request: typeof fetch,
  session: ChatSession,
  watermark: string,
  signal: AbortSignal,
): Promise<Opened> {
  const { conversationId, token, started, domain } = session;
  const path = started ? `conversations/${conversationId}?watermark=${watermark}` : 'conversations';
  const method = started ? { method: 'GET' as const } : {};
  const answer = await callDirectLine<Partial<StartAnswer>>(request, path, { ...method, domain, token, signal });
  const { streamUrl = '', expires_in } = answer;
  if (!answer.token || !expires_in) return { session: { ...session, started: true }, streamUrl };
  const renewed = { conversationId: answer.conversationId ?? conversationId, token: answer.token, expires_in };
  return { session: sessionOf(renewed, { ...session, started: true }), streamUrl };
}

/** Ends the conversation's tokens at our server, if it answers: nothing waits for it. */
export function revoke(request: typeof fetch, { token, domain }: ChatSession): void {
  // Azure knows no such call.
  if (domain !== undefined) return;
  const call = { token, signal: AbortSignal.timeout(20_000), keepalive: true };
  void callDirectLine(request, 'tokens/revoke', call).catch(() => undefined);
}

/** The same conversation with a fresh token, or null when the server refuses; throws DirectLineError when it may work later. */
export async function refresh(
  request: typeof fetch,
  session: ChatSession,
  signal: AbortSignal,
): Promise<ChatSession | null> {
  try {
    const { token, domain } = session;
    return sessionOf(await callDirectLine<TokenAnswer>(request, 'tokens/refresh', { domain, token, signal }), session);
  } catch (error) {
    if (isRetryable(error)) throw error;
    return null;
  }
}

/** Another conversation of the same person; throws DirectLineError. */
export async function enter(
  request: typeof fetch,
  { token }: ChatSession,
  id: string,
  signal: AbortSignal,
): Promise<ChatSession> {
  const answer = await callDirectLine<TokenAnswer>(request, `conversations/${id}/token`, { token, signal });
  return sessionOf(answer, { ...answer, started: true });
}

/** The conversation that a link in a mail opens; throws DirectLineError. */
export async function redeem(request: typeof fetch, secret: string, signal: AbortSignal): Promise<ChatSession> {
  const answer = await callDirectLine<TokenAnswer>(request, 'tokens/redeem', { body: { secret }, signal });
  return sessionOf(answer, { ...answer, started: true, byLink: true });
}
