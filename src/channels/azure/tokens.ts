import { z } from 'zod';
import { SupportError } from '../../domain/errors.ts';
import { text } from '../../domain/schemas.ts';
import { readJsonAnswer } from '../../http/read-json-answer.ts';
import type { ChannelNeeds } from '../channel.ts';
import type { ProvidedToken, TokenProvider } from '../direct-line/index.ts';
import { azureOrigin } from './endpoints.ts';
import type { AzureSettings } from './settings.ts';

interface TokenNeeds extends Pick<ChannelNeeds, 'fetch' | 'log'> {
  /** Pages that may use a token; empty: Azure does not look. */
  readonly trustedOrigins: readonly string[];
}

const grantShape = z.object({
  conversationId: text(512),
  token: text(8_192),
  expires_in: z.number().int().positive(),
});

/** Tokens of Azure Direct Line, each for one new conversation. Throws `chat-unavailable`, without the secret. */
export function createAzureTokens({ secret }: AzureSettings, needs: TokenNeeds): TokenProvider {
  const { fetch, log, trustedOrigins } = needs;
  const domain = `${azureOrigin}/v3/directline`;

  async function ask(userId: string): Promise<ProvidedToken | number | null> {
    const body = { user: { id: userId }, ...(trustedOrigins.length > 0 && { trustedOrigins }) };
    try {
      const answer = await fetch(`${domain}/tokens/generate`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(5_000),
      });
      if (!answer.ok) return answer.status;
      const { conversationId, token, expires_in } = grantShape.parse(await readJsonAnswer(answer));
      return { conversationId, token, expires_in, domain };
    } catch {
      // What is thrown may repeat the request, which holds the secret, or the answer, which holds a token.
      return null;
    }
  }

  return async (userId) => {
    const grant = await ask(userId);
    if (typeof grant === 'object' && grant) return grant;
    log.warn({ status: grant }, 'Azure Direct Line gave no token');
    throw new SupportError('chat-unavailable');
  };
}
