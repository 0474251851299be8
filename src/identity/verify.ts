import { createSecretKey, createPublicKey, type KeyObject } from 'node:crypto';
import { jwtVerify, type JWTPayload } from 'jose';
import { z } from 'zod';
import { SupportError } from '../domain/errors.ts';
import { id, moment, personShape, text } from '../domain/schemas.ts';
import type { Clock, Tokens } from '../domain/ports.ts';
import type { SubjectFields, VerifiedSubject } from '../domain/subject.ts';

/** Whom to trust: the host page's issuer and audience, and its HS256 secret or ES256 public key. */
export interface TrustedIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly key: { readonly alg: 'HS256' | 'ES256'; readonly key: KeyObject };
}

const lifetimeSeconds = 600;
const toleranceSeconds = 30;

// What is not as agreed is left out: it is no reason to refuse the identity.
const word = text(128).optional().catch(undefined);
const denial = z.object({
  feature: word,
  code: word,
  requestId: word,
  object: word,
  at: moment.optional().catch(undefined),
});
const claims = z.object({
  sub: id,
  account_id: id,
  jti: text(256),
  iat: z.number(),
  exp: z.number(),
  ...personShape,
  email: text(320).optional().catch(undefined),
  locale: text(35).optional().catch(undefined),
  denial: denial.optional().catch(undefined),
});

/** Proves a signed identity. Throws `identity-invalid` or `identity-replayed`. */
export type VerifyIdentity = (jwt: string) => Promise<VerifiedSubject>;

/** Proves identities that the host page signed, each once. Throws `identity-invalid` or `identity-replayed`. */
export function createVerifier(
  trusted: TrustedIssuer,
  tokens: Pick<Tokens, 'claimOnce'>,
  clock: Clock,
): VerifyIdentity {
  return async (jwt) => {
    const checked = claims.safeParse(await payloadOf(jwt, trusted, clock));
    if (!checked.success) throw new SupportError('identity-invalid', { cause: checked.error });
    const { sub, account_id, jti, iat, exp, stripe_customer: stripeCustomerId, ...told } = checked.data;
    if (exp - iat > lifetimeSeconds)
      throw new SupportError('identity-invalid', { cause: 'exp is over 10 minutes after iat' });
    const until = (exp + toleranceSeconds) * 1000;
    if (!(await tokens.claimOnce(`${trusted.issuer} ${jti}`, until))) throw new SupportError('identity-replayed');
    return restoreSubject({
      userId: sub,
      accountId: account_id,
      verifiedBy: 'signed-identity',
      stripeCustomerId,
      ...told,
    });
  };
}

async function payloadOf(jwt: string, trusted: TrustedIssuer, clock: Clock): Promise<JWTPayload> {
  try {
    // jose reads past padding, blanks and line breaks, so that one token could be written in many ways.
    if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(jwt)) throw new Error('not a compact JWT');
    const { payload } = await jwtVerify(jwt, trusted.key.key, {
      algorithms: [trusted.key.alg],
      issuer: trusted.issuer,
      audience: trusted.audience,
      requiredClaims: ['sub', 'account_id', 'jti', 'iat', 'exp'],
      maxTokenAge: lifetimeSeconds,
      clockTolerance: toleranceSeconds,
      currentDate: new Date(clock.now()),
    });
    return payload;
  } catch (cause) {
    throw new SupportError('identity-invalid', { cause });
  }
}

/** The subject of a conversation, as it was proved when the conversation began. Only for what the store kept. */
export function restoreSubject(fields: SubjectFields): VerifiedSubject {
  return fields as VerifiedSubject;
}

/** The key of an HS256 secret. */
export function sharedSecret(secret: string): TrustedIssuer['key'] {
  return { alg: 'HS256', key: createSecretKey(secret, 'utf8') };
}

/** A public key as PEM (SPKI, P-256). Throws where it is none. */
export function publicKey(pem: string): TrustedIssuer['key'] {
  const key = createPublicKey(pem);
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error('not a P-256 key');
  return { alg: 'ES256', key };
}
