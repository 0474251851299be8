import { anyText, firstSet, group, mapped, required, type Setting, type SettingsReader } from '../domain/settings.ts';
import { hasLogin, mayCarrySecrets } from '../domain/web-address.ts';
import { publicKeys, sharedSecret, type TrustedKey } from './trusted-keys.ts';
import type { TrustedIssuer } from './verify.ts';

const leastBytes = 32;
const secret: Setting<readonly TrustedKey[]> = required('IDENTITY_SECRET', 'a secret of at least 32 bytes', (text) =>
  Buffer.byteLength(text) >= leastBytes ? [sharedSecret(text)] : null,
);
const pem = required(
  'IDENTITY_PUBLIC_KEY',
  'one public key or several as PEM, their line breaks written as \\n: P-256 (ES256), RSA of 2048 bits or more (RS256) or Ed25519 (EdDSA), and no private key',
  (text) => publicKeys(text.replaceAll('\\n', '\n')),
);
const jwksUrl = required(
  'IDENTITY_JWKS_URL',
  'the address of your JWK set, with https (or with http on this machine), such as https://login.example.com/jwks.json',
  (text) => {
    const url = URL.parse(text);
    return url && mayCarrySecrets(url) && !hasLogin(url) ? url.href : null;
  },
);
const given = (setting: typeof secret) => mapped(setting, (keys) => ({ keys, jwksUrl: null }));
/** Exactly one is to be set. */
const ways: readonly Setting<Pick<TrustedIssuer, 'keys' | 'jwksUrl'>>[] = [
  given(secret),
  given(pem),
  mapped(jwksUrl, (url) => ({ keys: [], jwksUrl: url })),
];
const key: (typeof ways)[number] = {
  names: ways.flatMap(({ names }) => names),
  read(settings) {
    const [one, ...others] = ways.filter((way) => firstSet(way, settings) !== undefined);
    if (one && others.length === 0) return one.read(settings);
    const shouldBe =
      'a secret of at least 32 bytes; or set IDENTITY_PUBLIC_KEY or IDENTITY_JWKS_URL instead, one of the three';
    settings.complain((one && firstSet(one, settings)) ?? 'IDENTITY_SECRET', shouldBe);
    return undefined;
  },
};
const issuer = group({
  issuer: required('IDENTITY_ISSUER', 'the "iss" of the identities your site signs', anyText),
  audience: required('IDENTITY_AUDIENCE', 'the "aud" of the identities your site signs', anyText),
  key,
});

/** Reads whose identities are trusted; the demo needs nobody, for it brings its own. */
export function readTrustedIssuer(settings: SettingsReader, demo: boolean): TrustedIssuer | null {
  if (demo && firstSet(issuer, settings) === undefined) return null;
  const read = issuer.read(settings);
  return read ? { issuer: read.issuer, audience: read.audience, ...read.key } : null;
}
