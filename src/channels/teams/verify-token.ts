import { decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose';
import type { Clock } from '../../domain/ports.ts';
import type { SigningKey, SigningKeys } from './keys.ts';

/** Why something is refused, and what its sender is answered. */
export interface Refusal {
  readonly status: 401 | 403 | 503;
  readonly why: string;
}

/** From whom a token must be, and for whom; of several, one. */
export interface Expected {
  readonly issuer: string | string[];
  readonly audience: string | string[];
}

/** What a token says that is signed by a key of the set, as expected, and good now. Keeps nothing. */
export type VerifyToken = (
  token: string,
  expected: Expected,
) => Promise<{ readonly claims: JWTPayload; readonly key: SigningKey } | Refusal>;

const toleranceSeconds = 60;

/** Verifies tokens that Microsoft signed. */
export function createTokenVerifier({
  keys,
  clock,
}: {
  readonly keys: SigningKeys;
  readonly clock: Clock;
}): VerifyToken {
  async function keyOf(token: string): Promise<SigningKey | Refusal> {
    const { alg, kid } = headerOf(token);
    if (alg === undefined) return refusal(401, 'token-malformed');
    if (alg !== 'RS256') return refusal(401, 'algorithm-wrong');
    if (kid === undefined) return refusal(401, 'key-unknown');
    const key = await keys.find(kid);
    if (key === 'unavailable') return refusal(503, 'keys-unavailable');
    return key === 'unknown' ? refusal(401, 'key-unknown') : key;
  }

  return async (token, { issuer, audience }) => {
    const key = await keyOf(token);
    if ('why' in key) return key;
    try {
      const { payload } = await jwtVerify(token, key.key, {
        algorithms: ['RS256'],
        issuer,
        audience,
        requiredClaims: ['exp'],
        clockTolerance: toleranceSeconds,
        currentDate: new Date(clock.now()),
      });
      return typeof payload.aud === 'string' ? { claims: payload, key } : refusal(401, 'audience-wrong');
    } catch (error) {
      return refusal(401, slugOf(error));
    }
  };
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
