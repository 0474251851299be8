import { call, worthRetrying } from './call.ts';
import type { Session } from './memory.ts';
import type { Grant } from './wire.ts';

/** `domain` is taken from our own server's grant alone. */
const lasting = (grant: Grant, started: boolean, domain: string | undefined): Session => ({
  conversationId: grant.conversationId,
  token: grant.token,
  expires: Date.now() + grant.expires_in * 1000,
  started,
  ...(domain !== undefined && { domain }),
});

/** A new conversation, for a proved identity or for nobody; throws WireError. */
export async function begin(request: typeof fetch, identity: string | null, signal: AbortSignal): Promise<Session> {
  const body = identity ? { identity } : {};
  const grant = await call<Grant>(request, 'tokens/generate', { body, signal });
  return lasting(grant, false, grant.domain);
}

/** Opens a conversation, or goes on after `watermark`, and returns where to listen; throws WireError. */
export async function open(
  request: typeof fetch,
  session: Session,
  watermark: string,
  signal: AbortSignal,
): Promise<{ session: Session; streamUrl: string }> {
  const { conversationId, token, started, domain } = session;
  const grant = started
    ? await call<Grant>(request, `conversations/${conversationId}?watermark=${watermark}`, {
        domain,
        token,
        method: 'GET',
        signal,
      })
    : await call<Grant>(request, 'conversations', { domain, token, signal });
  const fresh = grant.token && grant.expires_in ? lasting(grant, true, domain) : { ...session, started: true };
  return { session: fresh, streamUrl: grant.streamUrl ?? '' };
}

/** The same conversation with a fresh token, or null when the server refuses; throws WireError when it may work later. */
export async function refresh(request: typeof fetch, session: Session, signal: AbortSignal): Promise<Session | null> {
  try {
    const { token, domain, started } = session;
    return lasting(await call<Grant>(request, 'tokens/refresh', { domain, token, signal }), started, domain);
  } catch (error) {
    if (worthRetrying(error)) throw error;
    return null;
  }
}
