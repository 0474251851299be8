import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { Clock } from '../../domain/ports.ts';
import type { TeamsActivity } from './activity.ts';
import { isTrusted, type TeamsEndpoints } from './endpoints.ts';
import type { SigningKey, SigningKeys } from './keys.ts';

/** Why an activity is refused, and what its sender is answered. */
export interface Refusal {
  readonly status: 401 | 403 | 503;
  readonly why: string;
}

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
const toleranceSeconds = 60;

/** The check in front of `/api/messages`. */
export function createAuthenticator({ appId, keys, issuer, rules, clock }: AuthenticatorNeeds): AuthenticateActivity {
  async function keyOf(token: string): Promise<SigningKey | Refusal> {
    const { alg, kid } = headerOf(token);
    if (alg === undefined) return refusal(401, 'token-malformed');
    if (alg !== 'RS256') return refusal(401, 'algorithm-wrong');
    if (kid === undefined) return refusal(401, 'key-unknown');
    const key = await keys.find(kid);
    if (key === 'unavailable') return refusal(503, 'keys-unavailable');
    return key === 'unknown' ? refusal(401, 'key-unknown') : key;
  }

  /** The service URL that the token names. */
  async function claimOf(token: string, { key }: SigningKey): Promise<{ readonly serviceUrl: unknown } | Refusal> {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['RS256'],
        issuer,
        audience: appId,
        requiredClaims: ['exp'],
        clockTolerance: toleranceSeconds,
        currentDate: new Date(clock.now()),
      });
      return typeof payload.aud === 'string' ? { serviceUrl: payload.serviceurl } : refusal(401, 'audience-wrong');
    } catch (error) {
      return refusal(401, slugOf(error));
    }
  }

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
    const key = await keyOf(token);
    if ('why' in key) return key;
    const claimed = await claimOf(token, key);
    return 'why' in claimed ? claimed : judge(activity, claimed.serviceUrl, key);
  };
}

/** The token of a request, by its looks alone. */
export function tokenOf(authorization: string | undefined): string | Refusal {
  if (authorization === undefined) return refusal(401, 'token-missing');
  if (authorization.length > longestToken) return refusal(401, 'token-too-long');
  const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization) ?? [];
  return token ?? refusal(401, 'token-malformed');
}

/** A refusal. */
export function refusal(status: Refusal['status'], why: string): Refusal {
  return { status, why };
}

function headerOf(token: string): { readonly alg?: string; readonly kid?: string } {
  try {
    const { alg, kid } = decodeProtectedHeader(token) as { alg?: unknown; kid?: unknown };
    return { ...(typeof alg === 'string' && { alg }), ...(typeof kid === 'string' && { kid }) };
  } catch {
    return {};
  }
}

const claimSlugs: Readonly<Record<string, string>> = {
  aud: 'audience-wrong',
  exp: 'expiry-missing',
  iss: 'issuer-wrong',
  nbf: 'token-not-yet',
};

function slugOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'token-expired';
  if (error instanceof errors.JWTClaimValidationFailed) return claimSlugs[error.claim] ?? 'claim-wrong';
  return error instanceof errors.JWSSignatureVerificationFailed ? 'signature-wrong' : 'token-malformed';
}
