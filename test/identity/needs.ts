import type { Clock } from '../../src/domain/ports.ts';
import { createGetJson } from '../../src/http/get-json.ts';
import type { RefusalReason } from '../../src/identity/refusal.ts';
import { fakeClock, keptLog } from '../support/fakes.ts';

/** What a verifier needs, with what it logged and counted; every identity is new to it. */
export function verifierNeeds(clock: Clock = fakeClock()) {
  const reasons: RefusalReason[] = [];
  return {
    clock,
    log: keptLog(),
    reasons,
    refused: (reason: RefusalReason) => void reasons.push(reason),
    tokens: { claimOnce: () => Promise.resolve(true) },
    kept: { read: () => undefined as unknown, write: (): void => undefined },
    getJson: createGetJson(fetch, 300),
  };
}
