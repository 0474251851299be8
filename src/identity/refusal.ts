import { errors } from 'jose';

/** Every reason for which an identity is refused, as the log and the meters have it. */
export const refusalReasons = [
  'too-long',
  'malformed',
  'wrong-algorithm',
  'unknown-key',
  'keys-unavailable',
  'bad-signature',
  'wrong-issuer',
  'wrong-audience',
  'expired',
  'not-yet-valid',
  'lives-too-long',
  'claim-missing',
  'claim-invalid',
  'replayed',
] as const;

/** Why an identity is refused. */
export type RefusalReason = (typeof refusalReasons)[number];

/** An identity was refused; `claim`: by which of ours, null: by none. Nothing of the identity is in it. */
export class IdentityRefusal extends Error {
  readonly reason: RefusalReason;
  readonly claim: string | null;

  constructor(reason: RefusalReason, claim: string | null = null) {
    super(claim === null ? reason : `${reason}: ${claim}`);
    this.name = 'IdentityRefusal';
    this.reason = reason;
    this.claim = claim;
  }
}

/** What the library found wrong with an identity. */
export function refusalOf(error: unknown): IdentityRefusal {
  if (error instanceof IdentityRefusal) return error;
  if (error instanceof errors.JWTExpired) return new IdentityRefusal('expired');
  if (error instanceof errors.JWSSignatureVerificationFailed) return new IdentityRefusal('bad-signature');
  if (error instanceof errors.JOSEAlgNotAllowed) return new IdentityRefusal('wrong-algorithm');
  if (error instanceof errors.JWTClaimValidationFailed) return refusalOfClaim(error);
  return new IdentityRefusal('malformed');
}

function refusalOfClaim({ claim, reason }: errors.JWTClaimValidationFailed): IdentityRefusal {
  if (reason === 'missing') return new IdentityRefusal('claim-missing', claim);
  if (claim === 'iss') return new IdentityRefusal('wrong-issuer');
  if (claim === 'aud') return new IdentityRefusal('wrong-audience');
  return reason === 'check_failed' ? new IdentityRefusal('not-yet-valid') : new IdentityRefusal('claim-invalid', claim);
}
