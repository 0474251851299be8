import * as client from 'openid-client';
import { z } from 'zod';
import type { Person } from '../domain/agent.ts';
import { SupportError } from '../domain/errors.ts';
import type { Random } from '../domain/ports.ts';
import { text } from '../domain/schemas.ts';
import { isLoopback } from '../domain/web-address.ts';
import { failure, unavailable } from './openid-failure.ts';
import type { OpenIdSettings } from './settings.ts';

/** What a sign-in that was begun needs to be finished; it is for the browser that began it, and nobody else. */
export interface BegunSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Someone whom the provider vouches for; `email` null: it does not vouch for that. */
export interface KnownPerson extends Person {
  readonly email: string | null;
}

/** Sign-in with an OpenID Connect provider. Both throw `sign-in-failed` or `sign-in-unavailable`, the reason as the message. */
export interface OpenId {
  /** The provider, as people know it. */
  readonly host: string;
  begin(): Promise<{ readonly url: string; readonly begun: BegunSignIn }>;
  /** `currentUrl`: where the provider sent the browser back to, with its query. */
  finish(currentUrl: URL, begun: BegunSignIn): Promise<KnownPerson>;
}

/** The provider, where it sends browsers back to, and what else is needed to talk to it. */
export interface OpenIdNeeds {
  readonly settings: OpenIdSettings;
  readonly redirectUri: string;
  readonly random: Random;
  readonly fetch: client.CustomFetch;
}

const timeoutSeconds = 5;
const named = text(100).optional().catch(undefined);
const claimsShape = z.object({
  name: named,
  given_name: named,
  email: text(320).optional().catch(undefined),
  email_verified: z.unknown().optional(),
});

/** The authorization code flow with PKCE, state and nonce. The provider is discovered at the first sign-in. */
export function createOpenId({ settings, redirectUri, random, fetch }: OpenIdNeeds): OpenId {
  let discovering: Promise<client.Configuration> | null = null;

  /** Kept once it is known; what failed is tried again at the next sign-in. */
  function provider(): Promise<client.Configuration> {
    discovering ??= discover(settings, fetch).catch((error: unknown) => {
      discovering = null;
      throw unavailable(error);
    });
    return discovering;
  }

  return {
    host: new URL(settings.issuer).host,
    async begin() {
      const config = await provider();
      const begun = { state: random.id(43), nonce: random.id(43), verifier: random.id(43) };
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid profile email',
        state: begun.state,
        nonce: begun.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(begun.verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, begun };
    },
    async finish(currentUrl, { state, nonce, verifier }) {
      const config = await provider();
      try {
        const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier };
        const tokens = await client.authorizationCodeGrant(config, currentUrl, checks);
        return await personOf(config, tokens);
      } catch (error) {
        throw failure(error);
      }
    },
  };
}

async function discover(settings: OpenIdSettings, fetch: client.CustomFetch): Promise<client.Configuration> {
  const { clientId, clientSecret } = settings;
  const issuer = new URL(settings.issuer);
  const isPlain = issuer.protocol === 'http:' && isLoopback(issuer.hostname);
  const config = await client.discovery(issuer, clientId, {}, authentication(clientSecret), {
    // Without the first, the library leaves the signature of an id token to TLS.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- deprecated "to make it stand out": loopback only
    execute: [client.enableNonRepudiationChecks, ...(isPlain ? [client.allowInsecureRequests] : [])],
    timeout: timeoutSeconds,
    [client.customFetch]: fetch,
  });
  // The library lets Microsoft's issuer for all tenants pass, where anybody can have a tenant with any e-mail address.
  if (config.serverMetadata().issuer.includes('{'))
    throw new SupportError('sign-in-unavailable', { detail: 'OPENID_ISSUER must name one tenant' });
  return config;
}

/** In the header, which is what OpenID Connect expects unless told otherwise; in the body where only that is supported. */
function authentication(secret: string): client.ClientAuth {
  const [basic, post] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)];
  return (server, ...rest) => {
    const supported = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    (supported.includes('client_secret_basic') ? basic : post)(server, ...rest);
  };
}

type Tokens = Awaited<ReturnType<typeof client.authorizationCodeGrant>>;

async function personOf(config: client.Configuration, tokens: Tokens): Promise<KnownPerson> {
  const claims = tokens.claims();
  if (!claims) throw new SupportError('sign-in-failed', { detail: 'there is no id token' });
  const asks = claims.email === undefined && config.serverMetadata().userinfo_endpoint !== undefined;
  const more = asks ? await client.fetchUserInfo(config, tokens.access_token, claims.sub) : {};
  const { name, given_name, email, email_verified } = claimsShape.parse({ ...more, ...claims });
  const shown = (name ?? given_name ?? '').replaceAll(/\p{Cc}/gu, '').trim();
  return {
    id: `${claims.iss}|${claims.sub}`,
    name: shown === '' ? 'Agent' : shown,
    email: email !== undefined && isVouchedFor(email_verified) ? email : null,
  };
}

/**
 * Missing counts as verified, for Microsoft Entra never says: the issuer is the company's own, and names its people.
 * Whatever it does say has to be a yes; some say it as a text.
 */
function isVouchedFor(verified: unknown): boolean {
  return verified === undefined || verified === true || verified === 'true';
}
