import type { Snapshot } from '../domain/snapshot.ts';
import type { CauseShape, Finding, Verdict } from '../domain/verdict.ts';
import type { DiagnosisContext } from './cause.ts';
import { causes } from './causes/index.ts';

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
  const findings = [...judged, judgeTheRest(snapshot, judged)];
  const primary = findings.find((finding) => finding.status === 'proved') ?? null;
  return { feature: about.feature?.slug ?? null, findings, primary };
}

function judgeTheRest({ at, membership }: Snapshot, judged: readonly Finding[]): Finding {
  const has = (status: Finding['status']) => judged.some((finding) => finding.status === status);
  const isOpen = has('unknown') || judged.length === 0;
  const status = has('proved') ? 'ruled-out' : isOpen ? 'unknown' : 'proved';
  return { cause: nothingBlocks.slug, status, variant: 'always', facts: {}, source: membership.source, readAt: at };
}
