import { anyText, firstSet, group, required, type Setting, type SettingsReader } from '../domain/settings.ts';
import { publicKey, sharedSecret, type TrustedIssuer } from './verify.ts';

const leastBytes = 32;
const secret = required('IDENTITY_SECRET', 'a secret of at least 32 bytes', (text) =>
  Buffer.byteLength(text) >= leastBytes ? sharedSecret(text) : null,
);
const pem = required(
  'IDENTITY_PUBLIC_KEY',
  'a P-256 public key (ES256) as PEM, its line breaks written as \\n',
  (text) => {
    try {
      return publicKey(text.replaceAll('\\n', '\n'));
    } catch {
      return null;
    }
  },
);
const key: Setting<TrustedIssuer['key']> = {
  names: [...secret.names, ...pem.names],
  read(settings) {
    const [hasSecret, hasPem] = [settings.isSet('IDENTITY_SECRET'), settings.isSet('IDENTITY_PUBLIC_KEY')];
    if (hasSecret !== hasPem) return (hasSecret ? secret : pem).read(settings);
    const shouldBe = 'a secret of at least 32 bytes; or set IDENTITY_PUBLIC_KEY instead, not both';
    settings.complain('IDENTITY_SECRET', shouldBe);
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
  return demo && firstSet(issuer, settings) === undefined ? null : (issuer.read(settings) ?? null);
}
