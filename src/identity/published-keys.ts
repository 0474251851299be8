import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { list, text } from '../domain/schemas.ts';
import type { Clock, Log } from '../domain/ports.ts';
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
  readonly clock: Clock;
  readonly log: Log;
}

/** After this a key that was taken off is believed no more, where the key server answers. */
const freshMs = 600_000;
/** For so long the last ones do where it does not. */
const usableMs = 24 * 3_600_000;
/** Between two requests: while keys are usable, and while there are none. */
const pauseMs = { usable: 30_000, none: 5_000 };

const setShape = z.object({ keys: list(z.unknown(), 100) });
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

/** The keys that an issuer publishes as a JWK set: they are read anew now and then, and where that fails the old ones do for a day. */
export function createPublishedKeys({ url, getJson, clock, log }: PublishedKeysNeeds): KeySource {
  let held: { readonly keys: readonly TrustedKey[]; readonly at: number } | null = null;
  let triedAt = -Infinity;
  let running: Promise<void> | null = null;

  const ageMs = () => since(held?.at ?? -Infinity, freshMs);
  /** How long ago that was; `setBack`: where the clock was set back since, nobody knows. */
  function since(at: number, setBack: number): number {
    const passed = clock.now() - at;
    return passed < 0 ? setBack : passed;
  }

  /** One at a time, and not too often. */
  function refresh(): Promise<void> {
    if (running) return running;
    const pause = ageMs() < usableMs ? pauseMs.usable : pauseMs.none;
    if (since(triedAt, Infinity) < pause) return Promise.resolve();
    triedAt = clock.now();
    running = readPublishedKeys(url, getJson)
      .then((keys) => {
        held = { keys, at: clock.now() };
        if (keys.length === 0) log.error({ alarm: 'identity-keys' }, 'IDENTITY_JWKS_URL has no key that can be used');
      })
      .catch((err: unknown) => {
        const message = 'the keys at IDENTITY_JWKS_URL could not be read';
        if (ageMs() < usableMs) log.warn({ err }, `${message}: the last ones do meanwhile`);
        else log.error({ alarm: 'identity-keys', err }, message);
      })
      .finally(() => {
        running = null;
      });
    return running;
  }

  return {
    async keys() {
      if (ageMs() >= freshMs) await refresh();
      return held && ageMs() < usableMs ? held.keys : null;
    },
    async renew() {
      const before = held;
      await refresh();
      return held !== before;
    },
  };
}

/** The keys of a JWK set that identities can be signed with. Throws where it is none. */
export async function readPublishedKeys(url: string, getJson: GetJson): Promise<readonly TrustedKey[]> {
  const { keys } = setShape.parse(await getJson(url));
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
