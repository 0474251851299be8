import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { list, text } from '../../domain/schemas.ts';
import { readJsonAnswer } from '../../http/read-json-answer.ts';
import { createKeySet } from '../../identity/key-set.ts';
import type { ChannelNeeds } from '../channel.ts';

/** A key of Microsoft's, and the channels it may speak for. */
export interface SigningKey {
  readonly key: KeyObject;
  readonly endorsements: readonly string[];
}

/** The keys with which one of Microsoft's services signs. `unavailable`: none could be had, and none is kept that is young enough. */
export interface SigningKeys {
  find(kid: string): Promise<SigningKey | 'unknown' | 'unavailable'>;
}

interface KeyNeeds extends Pick<ChannelNeeds, 'fetch' | 'clock' | 'log'> {
  /** The OpenID metadata that names them. */
  readonly metadata: string;
}

/** For each of the two requests. */
const requestMs = 3_000;
const day = 24 * 3_600_000;
const times = { freshMs: day, usableMs: 7 * day, pauseMs: { usable: 300_000, none: 10_000 } };

const metadataShape = z.object({ jwks_uri: z.url() });
const keyShape = z.object({
  kty: z.literal('RSA'),
  kid: text(128),
  n: text(2_048),
  e: text(16),
  endorsements: list(text(64), 100).catch([]),
});
const setShape = z.object({ keys: list(z.unknown(), 200) });

/** Keys that are fetched once a day; where that fails, the old ones do for a week. Nothing is kept of a token. */
export function createSigningKeys({ metadata, fetch, clock, log }: KeyNeeds): SigningKeys {
  const set = createKeySet({
    ...times,
    clock,
    read: () => load(metadata, fetch),
    failed: (err) => log.warn({ err, metadata }, 'keys of Microsoft could not be fetched'),
  });

  return {
    async find(kid) {
      const known = set.last()?.get(kid);
      if (known) {
        // Whoever has a known key does not wait for a newer set.
        if (!set.isFresh()) void set.refresh();
        return known;
      }
      await set.refresh();
      const keys = set.last();
      return keys ? (keys.get(kid) ?? 'unknown') : 'unavailable';
    },
  };
}

async function load(metadata: string, fetch: ChannelNeeds['fetch']): Promise<Map<string, SigningKey>> {
  const { jwks_uri } = metadataShape.parse(await getJson(metadata, fetch));
  if (new URL(jwks_uri).origin !== new URL(metadata).origin) throw new Error('the keys are said to be elsewhere');
  const { keys } = setShape.parse(await getJson(jwks_uri, fetch));
  const found = new Map<string, SigningKey>();
  for (const one of keys) {
    const read = keyShape.safeParse(one);
    if (read.success) found.set(read.data.kid, toKey(read.data));
  }
  if (found.size === 0) throw new Error('the answer holds no key');
  return found;
}

function toKey({ kty, n, e, endorsements }: z.infer<typeof keyShape>): SigningKey {
  return { key: createPublicKey({ key: { kty, n, e }, format: 'jwk' }), endorsements };
}

async function getJson(url: string, fetch: ChannelNeeds['fetch']): Promise<unknown> {
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(requestMs) });
  if (!answer.ok) throw new Error(`the answer is ${answer.status}`);
  return readJsonAnswer(answer);
}
