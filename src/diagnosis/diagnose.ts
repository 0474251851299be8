import type { Snapshot } from '../domain/snapshot.ts';
import type { CauseShape, Finding, Verdict } from '../domain/verdict.ts';
import type { DiagnosisContext } from './cause.ts';
import { causes } from './causes/index.ts';
import { wayOut } from './way-out.ts';

/** The finding that every check could be made and allows; it has a page like a cause, but is judged from the others. */
export const nothingBlocks: CauseShape = {
  slug: 'nothing-blocks',
  proves: { always: [] },
  excludes: { always: [] },
};

/** Judges every cause against the snapshot. Pure: the same input gives the same verdict. */
export function diagnose(snapshot: Snapshot, about: DiagnosisContext): Verdict {
  const judged: Finding[] = [];
  for (const cause of causes) {
    const judgement = cause.judge(snapshot, about, judged);
    if (judgement) judged.push({ cause: cause.slug, ...judgement });
  }
  const findings = [...withFeatures(judged, snapshot, about), judgeTheRest(snapshot, about, judged)];
  const primary = findings.find((finding) => finding.status === 'proved') ?? null;
  return {
    feature: about.feature?.slug ?? null,
    findings,
    primary,
    wayOut: wayOut(judged, snapshot, about),
    role: snapshot.role.known ? snapshot.role.value : null,
  };
}

/** Tells of a possible block what it blocks and, of what the account has, what nothing blocks that was found. */
function withFeatures(
  judged: readonly Finding[],
  { entitlements }: Snapshot,
  { catalog }: DiagnosisContext,
): Finding[] {
  const blocked = judged.flatMap(({ blocks = [] }) => blocks);
  if (blocked.length === 0) return [...judged];
  const isSpared = (slug: string) => {
    const has = !entitlements.known || entitlements.value.find(({ feature }) => feature === slug)?.granted;
    return has && !blocked.includes(slug);
  };
  const spared = { features: catalog.features.map(({ slug }) => slug).filter(isSpared) };
  return judged.map((one) =>
    one.blocks ? { ...one, facts: { ...one.facts, blocked: { features: one.blocks }, spared } } : one,
  );
}

function judgeTheRest(
  { at, membership }: Snapshot,
  { feature }: DiagnosisContext,
  judged: readonly Finding[],
): Finding {
  const has = (status: Finding['status']) => judged.some((finding) => finding.status === status);
  const isOpen = has('unknown') || judged.length === 0;
  const allowed = feature ? 'proved' : 'needs-feature';
  const status = has('proved') ? 'ruled-out' : isOpen ? 'unknown' : allowed;
  return { cause: nothingBlocks.slug, status, variant: 'always', facts: {}, source: membership.source, readAt: at };
}
