import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { list, text } from '../domain/schemas.ts';
import type { Clock, KeptKeys, Log } from '../domain/ports.ts';
import { createKeySet, type Held } from './key-set.ts';
import { trustedKey, type TrustedKey } from './trusted-keys.ts';

/** The JSON behind an address, within a deadline and a size, from no other address. Throws where there is none. */
export type GetJson = (url: string) => Promise<unknown>;

/** The keys of those whose identities are believed. */
export interface KeySource {
  /** Null: none could be had, and none is kept that is young enough. */
  keys(): Promise<readonly TrustedKey[] | null>;
  /** Asks for them again, but not too often; whether they were read anew. */
  renew(): Promise<boolean>;
}

/** What reading published keys needs. */
export interface PublishedKeysNeeds {
  readonly url: string;
  readonly getJson: GetJson;
  readonly kept: KeptKeys;
  readonly clock: Clock;
  readonly log: Log;
}

const times = {
  /** After this a key that was taken off is believed no more, where the key server answers. */
  freshMs: 600_000,
  usableMs: 24 * 3_600_000,
  pauseMs: { usable: 30_000, none: 5_000 },
};

const setShape = z.object({ keys: list(z.unknown(), 100) });
/** A set as it is kept for the next process: `at` is when it was read, and `url` where. */
const earlierShape = setShape.extend({ url: z.string(), at: z.number() });
const keyShape = z.object({
  kty: z.enum(['RSA', 'EC', 'OKP']),
  kid: text(256).optional(),
  use: z.literal('sig').optional(),
  key_ops: z
    .array(z.string())
    .refine((allowed) => allowed.includes('verify'))
    .optional(),
  alg: text(20).optional(),
});
/** What makes up a public key of each kind (RFC 7518, RFC 8037). */
const partsShape = z.object({
  n: text(2_048).optional(),
  e: text(16).optional(),
  crv: text(20).optional(),
  x: text(200).optional(),
  y: text(200).optional(),
});

/** Keys that are given in the settings. */
export function givenKeys(keys: readonly TrustedKey[]): KeySource {
  return { keys: () => Promise.resolve(keys), renew: () => Promise.resolve(false) };
}

/**
 * The keys that an issuer publishes as a JWK set: they are read anew now and then, and where that fails the last ones do for a
 * day, across a restart, too.
 */
export function createPublishedKeys({ url, getJson, kept, clock, log }: PublishedKeysNeeds): KeySource {
  const set = createKeySet({
    ...times,
    clock,
    earlier: readEarlier(kept.read(), url),
    async read() {
      const keys = await readPublishedKeys(url, getJson);
      if (keys.length === 0) log.error({ alarm: 'identity-keys' }, 'IDENTITY_JWKS_URL has no key that can be used');
      keep(keys);
      return keys;
    },
    failed(err, isUsable) {
      const message = 'the keys at IDENTITY_JWKS_URL could not be read';
      if (isUsable) log.warn({ err }, `${message}: the last ones do meanwhile`);
      else log.error({ alarm: 'identity-keys', err }, message);
    },
  });

  /** Also none: what was taken off is not believed after a restart either. */
  function keep(keys: readonly TrustedKey[]): void {
    try {
      kept.write({ url, at: clock.now(), keys: keys.map(publicPartOf) } satisfies z.input<typeof earlierShape>);
    } catch (err) {
      log.warn({ err }, 'the keys at IDENTITY_JWKS_URL could not be kept for a restart');
    }
  }

  return {
    async keys() {
      if (!set.isFresh()) await set.refresh();
      return set.last();
    },
    renew: () => set.refresh(),
  };
}

/** What an earlier process kept; null: nothing, or of another address, or no such thing. */
function readEarlier(kept: unknown, url: string): Held<readonly TrustedKey[]> | null {
  const read = earlierShape.safeParse(kept);
  return read.success && read.data.url === url ? { keys: usable(read.data.keys), at: read.data.at } : null;
}

function publicPartOf({ key, kid }: TrustedKey): object {
  return { ...key.export({ format: 'jwk' }), ...(kid !== null && { kid }) };
}

/** The keys of a JWK set that identities can be signed with. Throws where it is none. */
export async function readPublishedKeys(url: string, getJson: GetJson): Promise<readonly TrustedKey[]> {
  return usable(setShape.parse(await getJson(url)).keys);
}

function usable(keys: readonly unknown[]): readonly TrustedKey[] {
  return keys.map(keyOf).filter((key) => key !== null);
}

/** Null: it is for something else, or of a kind that is not used here. */
function keyOf(jwk: unknown): TrustedKey | null {
  const [read, parts] = [keyShape.safeParse(jwk), partsShape.safeParse(jwk)];
  if (!read.success || !parts.success) return null;
  const { kty, kid = null, alg } = read.data;
  try {
    const key = trustedKey(createPublicKey({ key: { kty, ...parts.data }, format: 'jwk' }), kid);
    return key && (alg === undefined || key.algorithms.includes(alg)) ? key : null;
  } catch {
    return null;
  }
}
