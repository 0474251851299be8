import type { Clock } from '../../domain/ports.ts';
import type { TeamsActivity } from './activity.ts';
import { isTrusted, type TeamsEndpoints } from './endpoints.ts';
import type { SigningKey, SigningKeys } from './keys.ts';
import { createTokenVerifier, refusal, type Refusal } from './verify-token.ts';

/** What may be said in the name of one channel of the bot. */
export interface ChannelRule extends Pick<TeamsEndpoints, 'services'> {
  /** What is wrong with an activity of that channel; null: nothing. */
  readonly judge: (activity: TeamsActivity) => Refusal | null;
}

/** Proves that an activity comes from one of the bot's channels and is for our bot; null: it does. Keeps nothing. */
export type AuthenticateActivity = (
  authorization: string | undefined,
  activity: TeamsActivity,
) => Promise<Refusal | null>;

interface AuthenticatorNeeds {
  readonly appId: string;
  readonly keys: SigningKeys;
  readonly issuer: string;
  /** By the channel's id; others are refused. */
  readonly rules: ReadonlyMap<string, ChannelRule>;
  readonly clock: Clock;
}

/** Microsoft's tokens have about 1,500 characters. */
const longestToken = 8_192;

/** The check in front of `/api/messages`. */
export function createAuthenticator({ appId, keys, issuer, rules, clock }: AuthenticatorNeeds): AuthenticateActivity {
  const verify = createTokenVerifier({ keys, clock });

  /** What the sender says, against what it may say. */
  function judge(activity: TeamsActivity, claimed: unknown, { endorsements }: SigningKey): Refusal | null {
    const { serviceUrl, channelId } = activity;
    const rule = rules.get(channelId ?? '');
    if (!serviceUrl) return refusal(401, 'service-url-missing');
    if (claimed !== serviceUrl) return refusal(401, 'service-url-other');
    if (!channelId || !rule) return refusal(403, 'channel-wrong');
    if (!isTrusted(serviceUrl, rule)) return refusal(403, 'service-url-refused');
    return endorsements.includes(channelId) ? rule.judge(activity) : refusal(401, 'channel-not-endorsed');
  }

  return async (authorization, activity) => {
    const token = tokenOf(authorization);
    if (typeof token !== 'string') return token;
    const read = await verify(token, { issuer, audience: appId });
    return 'why' in read ? read : judge(activity, read.claims.serviceurl, read.key);
  };
}

/** The token of a request, by its looks alone. */
export function tokenOf(authorization: string | undefined): string | Refusal {
  if (authorization === undefined) return refusal(401, 'token-missing');
  if (authorization.length > longestToken) return refusal(401, 'token-too-long');
  const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization) ?? [];
  return token ?? refusal(401, 'token-malformed');
}
