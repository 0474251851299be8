import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';

/** A key that proves identities. What kind of key it is decides alone by which algorithms: none can be taken for another. */
export interface TrustedKey {
  readonly key: KeyObject;
  /** As the header of a JWT names them. */
  readonly algorithms: readonly string[];
  /** What its owner calls it; null: it has no name. */
  readonly kid: string | null;
}

/** Bits; a larger one takes long to check. */
const [leastRsa, mostRsa] = [2_048, 8_192];
/** A larger one takes long to check, too. */
const largestExponent = 2n ** 32n;

/** The key of an HS256 secret. */
export function sharedSecret(secret: string): TrustedKey {
  return { key: createSecretKey(secret, 'utf8'), algorithms: ['HS256'], kid: null };
}

/** A public key as one to be trusted; null: it is of no kind that identities are signed with. */
export function trustedKey(key: KeyObject, kid: string | null = null): TrustedKey | null {
  const algorithms = algorithmsOf(key);
  return algorithms === null ? null : { key, algorithms, kid };
}

function algorithmsOf({ asymmetricKeyType, asymmetricKeyDetails = {} }: KeyObject): readonly string[] | null {
  const { namedCurve, modulusLength = 0, publicExponent = 0n } = asymmetricKeyDetails;
  if (asymmetricKeyType === 'ec' && namedCurve === 'prime256v1') return ['ES256'];
  // Its name was EdDSA before RFC 9864.
  if (asymmetricKeyType === 'ed25519') return ['EdDSA', 'Ed25519'];
  const isFine = modulusLength >= leastRsa && modulusLength <= mostRsa && publicExponent <= largestExponent;
  return asymmetricKeyType === 'rsa' && isFine ? ['RS256'] : null;
}

const begin = '-----BEGIN ';
const kinds = ['PUBLIC KEY-----', 'RSA PUBLIC KEY-----', 'CERTIFICATE-----'];
const mostKeys = 10;

/** The public keys in a PEM, one behind the other; null: there is none, or something else: a private key above all. */
export function publicKeys(pem: string): readonly TrustedKey[] | null {
  const [before = '', ...blocks] = pem.split(begin);
  if (before.trim() !== '' || blocks.length === 0 || blocks.length > mostKeys) return null;
  const keys = blocks.map((block) => (kinds.some((kind) => block.startsWith(kind)) ? keyIn(begin + block) : null));
  const good = keys.filter((key) => key !== null);
  return good.length === keys.length ? good : null;
}

function keyIn(pem: string): TrustedKey | null {
  try {
    return trustedKey(createPublicKey(pem));
  } catch {
    return null;
  }
}
