import { createSecretKey } from 'node:crypto';
import { SignJWT } from 'jose';
import { sharedSecret } from '../../src/identity/trusted-keys.ts';
import type { TrustedIssuer } from '../../src/identity/verify.ts';

const secret = 'a secret of the bench, and of nobody else';

/** Who signs the bench's customers in. */
export const issuer: TrustedIssuer = {
  issuer: 'bench',
  audience: 'latchkey',
  keys: [sharedSecret(secret)],
  jwksUrl: null,
};

let people = 0;

/** The identity of somebody who was not here before; the account API answers the same of everybody. */
export function someoneNew(): Promise<string> {
  people += 1;
  return new SignJWT({ account_id: `acct_${people}`, name: 'Ada Park' })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(issuer.issuer)
    .setAudience(issuer.audience)
    .setSubject(`usr_${process.pid}_${people}`)
    .setJti(`${process.pid}_${people}`)
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(createSecretKey(secret, 'utf8'));
}
