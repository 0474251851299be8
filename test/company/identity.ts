import { SignJWT } from 'jose';
import { customers } from './customers.ts';

const secret = 'northwind signs with a secret of its own';

/** How the company's bot knows whom the company signed. */
export const identitySettings = {
  IDENTITY_ISSUER: 'https://app.northwind.example',
  IDENTITY_AUDIENCE: 'latchkey',
  IDENTITY_SECRET: secret,
};

/** What the company's server signs for a customer. */
export function identityOf(name: string): Promise<string> {
  const person = customers.find((one) => one.name === name)?.person;
  return new SignJWT({ account_id: person?.accountId, name: person?.name })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(identitySettings.IDENTITY_ISSUER)
    .setAudience(identitySettings.IDENTITY_AUDIENCE)
    .setSubject(person?.userId ?? '')
    .setJti(`${name}-${process.hrtime.bigint()}`)
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode(secret));
}
