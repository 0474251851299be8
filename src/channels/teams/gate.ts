import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { Clock } from '../../domain/ports.ts';
import type { TeamsActivity } from './activity.ts';
import { isTrusted, type FarEnds } from './far-ends.ts';
import type { Key, Keys } from './keys.ts';

/** Why an activity is refused, and what its sender is answered. */
export interface Refusal {
  readonly status: 401 | 403 | 503;
  readonly why: string;
}

/** What may be said in the name of one channel of the bot. */
export interface Rule extends Pick<FarEnds, 'services'> {
  /** What is wrong with an activity of that channel; null: nothing. */
  readonly judge: (activity: TeamsActivity) => Refusal | null;
}

/** Proves that an activity comes from one of the bot's channels and is for our bot; null: it does. Keeps nothing. */
export type Verify = (authorization: string | undefined, activity: TeamsActivity) => Promise<Refusal | null>;

interface GateNeeds {
  readonly appId: string;
  readonly keys: Keys;
  readonly issuer: string;
  /** By the channel's id; others are refused. */
  readonly rules: ReadonlyMap<string, Rule>;
  readonly clock: Clock;
}

/** Microsoft's tokens have about 1,500 characters. */
const longestToken = 8_192;
const toleranceSeconds = 60;

/** The gate in front of `/api/messages`. */
export function createGate({ appId, keys, issuer, rules, clock }: GateNeeds): Verify {
  async function keyOf(token: string): Promise<Key | Refusal> {
    const { alg, kid } = headerOf(token);
    if (alg === undefined) return forbidden(401, 'token-malformed');
    if (alg !== 'RS256') return forbidden(401, 'algorithm-wrong');
    if (kid === undefined) return forbidden(401, 'key-unknown');
    const key = await keys.find(kid);
    if (key === 'unavailable') return forbidden(503, 'keys-unavailable');
    return key === 'unknown' ? forbidden(401, 'key-unknown') : key;
  }

  /** The service URL that the token names. */
  async function claimOf(token: string, { key }: Key): Promise<{ readonly serviceUrl: unknown } | Refusal> {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['RS256'],
        issuer,
        audience: appId,
        requiredClaims: ['exp'],
        clockTolerance: toleranceSeconds,
        currentDate: new Date(clock.now()),
      });
      return typeof payload.aud === 'string' ? { serviceUrl: payload.serviceurl } : forbidden(401, 'audience-wrong');
    } catch (error) {
      return forbidden(401, slugOf(error));
    }
  }

  /** What the sender says, against what it may say. */
  function judge(activity: TeamsActivity, claimed: unknown, { endorsements }: Key): Refusal | null {
    const { serviceUrl, channelId } = activity;
    const rule = rules.get(channelId ?? '');
    if (!serviceUrl) return forbidden(401, 'service-url-missing');
    if (claimed !== serviceUrl) return forbidden(401, 'service-url-other');
    if (!channelId || !rule) return forbidden(403, 'channel-wrong');
    if (!isTrusted(serviceUrl, rule)) return forbidden(403, 'service-url-refused');
    return endorsements.includes(channelId) ? rule.judge(activity) : forbidden(401, 'channel-not-endorsed');
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
  if (authorization === undefined) return forbidden(401, 'token-missing');
  if (authorization.length > longestToken) return forbidden(401, 'token-too-long');
  const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization) ?? [];
  return token ?? forbidden(401, 'token-malformed');
}

/** A refusal. */
export function forbidden(status: Refusal['status'], why: string): Refusal {
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
