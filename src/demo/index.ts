import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SupportError } from '../domain/errors.ts';
import { iso } from '../domain/instant.ts';
import type { Clock, Random } from '../domain/ports.ts';
import { sharedSecret } from '../identity/trusted-keys.ts';
import type { TrustedIssuer } from '../identity/verify.ts';
import { sampleCustomers } from './customers.ts';
import { createSampleStatusPage } from './sample-status-page.ts';
import { createSampleAccountApi } from './sample-account-api.ts';

/** The demo company: signs identities for its sample customers, and runs their account API and a status page on ports of its own. */
export interface Demo {
  readonly issuer: TrustedIssuer;
  readonly accountApi: { readonly url: string; readonly key: string };
  readonly statusPage: { readonly url: string };
  customers(): readonly { readonly name: string; readonly says: string }[];
  /** For `{customer, zone, denied}`: a signed identity, valid for 10 minutes; `denied`: the feature that was refused. Throws `not-found` for an unknown customer. */
  identityOf(body: unknown): Promise<{ readonly identity: string }>;
  close(): void;
}

/** `trusted`: the issuer that the settings name, if they do; the demo then signs with its secret. */
export async function startDemo(clock: Clock, random: Random, trusted: TrustedIssuer | null): Promise<Demo> {
  const own = { issuer: 'demo', audience: 'latchkey', keys: [sharedSecret(random.id(43))], jwksUrl: null };
  const issuer = trusted ?? own;
  const secret = issuer.keys[0]?.key;
  if (secret?.type !== 'secret')
    throw new SupportError('config-invalid', {
      detail: 'The demo cannot sign for IDENTITY_PUBLIC_KEY or IDENTITY_JWKS_URL: set DEMO=0',
    });
  const key = random.id(43);
  const servers = [createSampleAccountApi(sampleCustomers, key, clock), createSampleStatusPage(clock)];
  const [accountApi = '', statusPage = ''] = await Promise.all(servers.map(listen));
  return {
    issuer,
    accountApi: { url: accountApi, key },
    statusPage: { url: statusPage },
    customers: () => sampleCustomers.map(({ name, says }) => ({ name, says })),
    async identityOf(body) {
      const { customer, zone, denied } = (body ?? {}) as { customer?: unknown; zone?: unknown; denied?: unknown };
      const found = sampleCustomers.find((one) => one.name === customer);
      if (!found) throw new SupportError('not-found');
      const { userId, accountId, name } = found.person;
      const now = Math.floor(clock.now() / 1000);
      const denial = {
        object: found.object,
        feature: denied,
        code: 'access_denied',
        requestId: `req_${random.id(10)}`,
        at: iso(clock.now()),
      };
      const told = { account_id: accountId, name, zone, ...((denied ?? found.object) !== undefined && { denial }) };
      const { SignJWT } = await import('jose');
      const token = new SignJWT(told)
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(issuer.issuer)
        .setAudience(issuer.audience)
        .setSubject(userId)
        .setJti(random.id(22))
        .setIssuedAt(now)
        .setExpirationTime(now + 600);
      return { identity: await token.sign(secret) };
    },
    close() {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
