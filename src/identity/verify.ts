import { decodeProtectedHeader, jwtVerify, type JWTPayload, type ProtectedHeaderParameters } from 'jose';
import { z } from 'zod';
import { SupportError } from '../domain/errors.ts';
import { id, locale, personShape, text } from '../domain/schemas.ts';
import type { Clock, KeptKeys, Log, Tokens } from '../domain/ports.ts';
import type { SubjectFields, VerifiedSubject } from '../domain/subject.ts';
import { signedDenial } from './denial.ts';
import { createPublishedKeys, givenKeys, type GetJson, type KeySource } from './published-keys.ts';
import { IdentityRefusal, refusalOf, type RefusalReason } from './refusal.ts';
import type { TrustedKey } from './trusted-keys.ts';

/** Whom to trust: the host page's issuer and audience, and the keys that its identities are signed with. */
export interface TrustedIssuer {
  readonly issuer: string;
  readonly audience: string;
  /** None where they are published. */
  readonly keys: readonly TrustedKey[];
  /** Where they are published as a JWK set; null: they are given. */
  readonly jwksUrl: string | null;
}

/** What proving identities needs. */
export interface VerifierNeeds {
  readonly tokens: Pick<Tokens, 'claimOnce'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly getJson: GetJson;
  /** Where published keys are kept for the next process. */
  readonly kept: KeptKeys;
  /** Is told of every identity that is refused. */
  readonly refused: (reason: RefusalReason) => void;
}

const longest = 8_192;
const lifetimeSeconds = 600;
const toleranceSeconds = 30;
/** Of those that an identity may be signed with: each costs the check of a signature. */
const mostTried = 10;

// What is not as agreed is left out: it is no reason to refuse the identity.
const claims = z.object({
  sub: id,
  account_id: id,
  jti: text(256),
  iat: z.number(),
  exp: z.number(),
  ...personShape,
  email: text(320).optional().catch(undefined),
  locale,
  denial: signedDenial.optional().catch(undefined),
});

/** Proves a signed identity. Throws `identity-invalid` or `identity-replayed`. */
export type VerifyIdentity = (jwt: string) => Promise<VerifiedSubject>;

/** Proves identities that the host page signed, each once. Throws `identity-invalid` or `identity-replayed`. */
export function createVerifier(trusted: TrustedIssuer, needs: VerifierNeeds): VerifyIdentity {
  const { tokens, clock, log } = needs;
  const source =
    trusted.jwksUrl === null ? givenKeys(trusted.keys) : createPublishedKeys({ ...needs, url: trusted.jwksUrl });

  async function prove(jwt: string): Promise<VerifiedSubject> {
    const checked = claims.safeParse(await payloadOf(jwt, trusted, source, clock));
    if (!checked.success) throw new IdentityRefusal('claim-invalid', String(checked.error.issues[0]?.path[0] ?? ''));
    const { sub, account_id, jti, iat, exp, stripe_customer: stripeCustomerId, ...told } = checked.data;
    if (exp - iat > lifetimeSeconds) throw new IdentityRefusal('lives-too-long');
    const until = (exp + toleranceSeconds) * 1000;
    if (!(await tokens.claimOnce(`${trusted.issuer} ${jti}`, until))) throw new IdentityRefusal('replayed');
    return restoreSubject({
      userId: sub,
      accountId: account_id,
      verifiedBy: 'signed-identity',
      stripeCustomerId,
      ...told,
    });
  }

  return async (jwt) => {
    try {
      return await prove(jwt);
    } catch (cause) {
      if (!(cause instanceof IdentityRefusal)) throw cause;
      const { reason, claim } = cause;
      log.warn({ reason, ...(claim !== null && { claim }) }, 'an identity was refused (docs/identity.md)');
      needs.refused(reason);
      if (reason === 'replayed') throw new SupportError('identity-replayed', { cause });
      throw new SupportError('identity-invalid', { cause });
    }
  };
}

/** What a signed identity says. Throws an `IdentityRefusal`. */
async function payloadOf(jwt: string, trusted: TrustedIssuer, source: KeySource, clock: Clock): Promise<JWTPayload> {
  if (jwt.length > longest) throw new IdentityRefusal('too-long');
  const header = headerOf(jwt);
  const check = async () => {
    const keys = await source.keys();
    if (keys === null) throw new IdentityRefusal('keys-unavailable');
    return payloadBy(keysFor(keys, header), jwt, trusted, clock);
  };
  try {
    return await check();
  } catch (error) {
    // The key may have been published a moment ago.
    const mayBeNew =
      error instanceof IdentityRefusal && ['unknown-key', 'wrong-algorithm', 'bad-signature'].includes(error.reason);
    if (mayBeNew && (await source.renew())) return check();
    throw error;
  }
}

function headerOf(jwt: string): ProtectedHeaderParameters {
  // jose reads past padding, blanks and line breaks, so that one token could be written in many ways.
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(jwt)) throw new IdentityRefusal('malformed');
  try {
    return decodeProtectedHeader(jwt);
  } catch {
    throw new IdentityRefusal('malformed');
  }
}

/** The keys that may have signed it: of its algorithm, and of its name where both have one. */
function keysFor(keys: readonly TrustedKey[], { alg, kid }: ProtectedHeaderParameters): readonly TrustedKey[] {
  const ofAlgorithm = keys.filter(({ algorithms }) => algorithms.includes(String(alg)));
  const found = ofAlgorithm.filter((key) => key.kid === null || kid === undefined || key.kid === kid);
  if (found.length > 0) return found.slice(0, mostTried);
  throw new IdentityRefusal(ofAlgorithm.length === 0 ? 'wrong-algorithm' : 'unknown-key');
}

/** What it says, by the first key that signed it. Throws why it is refused; `bad-signature`: by none. */
async function payloadBy(keys: readonly TrustedKey[], jwt: string, trusted: TrustedIssuer, clock: Clock) {
  for (const { key, algorithms } of keys) {
    try {
      const { payload } = await jwtVerify(jwt, key, {
        algorithms: [...algorithms],
        issuer: trusted.issuer,
        audience: trusted.audience,
        requiredClaims: ['sub', 'account_id', 'jti', 'iat', 'exp'],
        maxTokenAge: lifetimeSeconds,
        clockTolerance: toleranceSeconds,
        currentDate: new Date(clock.now()),
      });
      return payload;
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal.reason !== 'bad-signature') throw refusal;
    }
  }
  throw new IdentityRefusal('bad-signature');
}

/** The subject of a conversation, as it was proved when the conversation began. Only for what the store kept. */
export function restoreSubject(fields: SubjectFields): VerifiedSubject {
  return fields as VerifiedSubject;
}
