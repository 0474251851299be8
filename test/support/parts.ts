import { clouds } from '../../src/channels/teams/endpoints.ts';
import type { Clock, Random } from '../../src/domain/ports.ts';
import { sharedSecret } from '../../src/identity/trusted-keys.ts';
import type { Parts } from '../../src/parts.ts';
import { content, recognizer, type KeptLog } from './fakes.ts';
import { noSettings } from './settings.ts';

/** Of what every test assembles the product, but for its far ends: no settings, no limits, no demo. */
export function testParts(of: { readonly clock: Clock; readonly random: Random; readonly log: KeptLog }) {
  return {
    ...of,
    config: noSettings,
    content,
    recognizer: recognizer(),
    subjectByEmail: null,
    sources: [],
    identity: {
      ...{ issuer: 'test', audience: 'latchkey', jwksUrl: null },
      keys: [sharedSecret('a secret of at least 32 bytes for tests')],
    },
    keptKeys: { read: () => undefined, write: () => undefined },
    demo: null,
    limits: { messagesPer10s: 100_000, conversationsPerMinute: 100_000 },
    microsoft: clouds.public,
    fetch,
    print: () => undefined,
  } satisfies Partial<Parts>;
}
