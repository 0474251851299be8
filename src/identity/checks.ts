import { SupportError } from '../domain/errors.ts';
import { fail, ok, type Check } from '../domain/check.ts';
import { createOpenId } from './openid.ts';
import { readPublishedKeys, type GetJson } from './published-keys.ts';
import type { OpenIdSettings } from './settings.ts';

/** Reads the metadata of the OpenID Connect provider. Whether the client's secret is right only a sign-in tells. */
export function checkOpenId(settings: OpenIdSettings): Check {
  const { host } = new URL(settings.issuer);
  return {
    name: 'OpenID Connect',
    async run(needs) {
      try {
        // Nobody is sent anywhere: it is made and thrown away.
        await createOpenId({ ...needs, settings, redirectUri: 'http://localhost/' }).begin();
        return ok(`${host} is found; whether OPENID_CLIENT_SECRET is right the first sign-in tells`);
      } catch (error) {
        if (!(error instanceof SupportError)) throw error;
        return fail(`${host} cannot be used: ${error.message}`, 'check OPENID_ISSUER (docs/console.md)');
      }
    },
  };
}

/** Reads the keys that identities are signed with. `getJson`: as the product reads them. */
export function checkPublishedKeys(url: string, getJson: (request: typeof fetch) => GetJson): Check {
  const { host } = new URL(url);
  return {
    name: 'identity keys',
    async run({ fetch }) {
      const keys = await readPublishedKeys(url, getJson(fetch)).catch(() => null);
      if (keys === null)
        return fail(
          `${host} gives no JWK set`,
          'check IDENTITY_JWKS_URL: it is to answer with one within 3 s, without a redirect',
        );
      if (keys.length === 0)
        return fail(`${host} has no key that can be used`, 'publish a P-256, RSA or Ed25519 key (docs/identity.md)');
      const algorithms = [...new Set(keys.flatMap((key) => key.algorithms.slice(0, 1)))].join(', ');
      return ok(`${host} has ${keys.length} of them: ${algorithms}`);
    },
  };
}
