import { diagnose } from '../src/diagnosis/diagnose.ts';
import { unknownSnapshot } from '../src/domain/snapshot.ts';
import type { Verdict } from '../src/domain/verdict.ts';
import type { Services } from './services.ts';
import type { Turn } from './turn.ts';

/** What looking at an account needs. */
export type LookNeeds = Pick<Services, 'accounts' | 'catalog' | 'clock'>;

/** Reads the account of whoever was proved, and remembers it. An anonymous customer has none. */
export async function readAccount(
  turn: Turn,
  { accounts, clock }: Pick<LookNeeds, 'accounts' | 'clock'>,
  options = { fresh: false },
) {
  const { subject, memory } = turn;
  const snapshot = subject ? await accounts.read(subject, options) : unknownSnapshot('anonymous', clock.now());
  memory.snapshot = snapshot;
  return snapshot;
}

/** Looks at the account and judges every cause for the feature; `fresh`: not at what was read a moment ago. */
export async function look(
  turn: Turn,
  needs: LookNeeds,
  feature: string | null,
  options = { fresh: false },
): Promise<Verdict> {
  const snapshot = await readAccount(turn, needs, options);
  const about = { feature: needs.catalog.features.find((one) => one.slug === feature) ?? null, catalog: needs.catalog };
  const verdict = diagnose(snapshot, about);
  turn.memory.verdict = verdict;
  return verdict;
}
