import { stillPropagating } from '../src/diagnosis/causes/still-propagating.ts';
import { diagnose, nothingBlocks } from '../src/diagnosis/diagnose.ts';
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
  const nobody = turn.isUnconfirmed ? 'unconfirmed' : 'anonymous';
  const snapshot = subject ? await accounts.read(subject, options) : unknownSnapshot(nobody, clock.now());
  memory.snapshot = snapshot;
  return snapshot;
}

/** Looks at what the whole plan gives: where nothing blocks any of its features, nothing blocks. */
export async function lookAtAll(turn: Turn, needs: LookNeeds): Promise<void> {
  const whole = await look(turn, needs, null);
  const { snapshot } = turn.memory;
  if (whole.primary || !snapshot?.entitlements.known) return;
  const granted = new Set(snapshot.entitlements.value.filter((one) => one.granted).map(({ feature }) => feature));
  const verdicts = needs.catalog.features
    .filter(({ slug }) => granted.has(slug))
    .map((feature) => diagnose(snapshot, { feature, catalog: needs.catalog }));
  const [first] = verdicts;
  if (first && verdicts.every(({ primary }) => primary?.cause === nothingBlocks.slug))
    turn.memory.verdict = { ...first, feature: null };
}

/** Whether a proved cause keeps them out now. */
export function isBlocked({ primary }: Verdict): boolean {
  return primary !== null && primary.cause !== nothingBlocks.slug && primary.cause !== stillPropagating.slug;
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
  // What blocked one feature is not gone because another is open.
  if (turn.memory.verdict?.feature !== verdict.feature) turn.memory.blocked = null;
  turn.memory.verdict = verdict;
  if (isBlocked(verdict)) turn.memory.blocked = verdict.primary?.cause ?? null;
  return verdict;
}
