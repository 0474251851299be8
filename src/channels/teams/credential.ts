import { createPrivateKey, X509Certificate } from 'node:crypto';
import { anyText, required, type Setting } from '../../domain/settings.ts';

/** With what the bot proves who it is when it asks for a token. */
export type Credential =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly thumbprintSha256: string; readonly privateKey: string }
  /** The machine in Azure on which it runs is who it is. */
  | { readonly kind: 'managed-identity' };

const secret = required('TEAMS_APP_SECRET', 'a client secret of that app (its value)', anyText);
const certificate = required(
  'TEAMS_APP_CERTIFICATE',
  'a certificate and its private key (RSA) as PEM, one behind the other, their line breaks written as \\n',
  certificateOf,
);
const managedIdentity = required('TEAMS_MANAGED_IDENTITY', '1, or not set', (text) => (text === '1' ? true : null));

/** Exactly one of the three. */
export const credential: Setting<Credential> = {
  names: [secret, certificate, managedIdentity].flatMap(({ names }) => names),
  read(settings) {
    const [first = secret.names[0], second] = this.names.filter((name) => settings.isSet(name));
    if (second !== undefined) settings.complain(second, `not set beside ${first ?? ''}`);
    if (certificate.names.includes(first ?? '')) return certificate.read(settings);
    if (managedIdentity.names.includes(first ?? ''))
      return managedIdentity.read(settings) && { kind: 'managed-identity' };
    const value = secret.read(settings);
    return value === undefined ? undefined : { kind: 'secret', secret: value };
  },
};

function certificateOf(text: string): Credential | null {
  const pem = text.replaceAll('\\n', '\n');
  try {
    const [read, key] = [new X509Certificate(pem), createPrivateKey(pem)];
    if (key.asymmetricKeyType !== 'rsa' || !read.checkPrivateKey(key)) return null;
    const privateKey = key.export({ type: 'pkcs8', format: 'pem' }) as string;
    return { kind: 'certificate', thumbprintSha256: read.fingerprint256.replaceAll(':', ''), privateKey };
  } catch {
    return null;
  }
}
