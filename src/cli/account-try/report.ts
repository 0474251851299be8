import type { Catalog } from '../../domain/catalog.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { Finding, Verdict } from '../../domain/verdict.ts';
import { timeInWords } from '../../knowledge/in-words.ts';
import type { Words } from '../../knowledge/wording.ts';
import { factCount, factLines } from './facts.ts';
import { failureInWords } from './failure.ts';
import { heading, row, wrap } from './lines.ts';
import type { Watched } from './watch.ts';

/** What was read of one account, and what is made of it. */
export interface Tried {
  readonly accountId: string;
  readonly userId: string;
  readonly snapshot: Snapshot;
  readonly verdict: Verdict;
  readonly words: Words;
  readonly catalog: Catalog;
  readonly watched: readonly Watched[];
}

/** All that a developer wants to see of one account, in lines of 80 characters. */
export function reportOf(tried: Tried): string[] {
  const { accountId, userId, snapshot, verdict, words, watched } = tried;
  const feature = verdict.feature === null ? 'no feature named' : words.value({ feature: verdict.feature });
  const top = [`${accountId} / ${userId}`, `${feature} · ${timeInWords(snapshot.at)}`, ...sourceLines(watched)];
  if (watched.every(({ error }) => error !== null)) return [...top, ''];
  return [
    ...top,
    ...heading('FACTS', factCount(snapshot)),
    ...factLines(snapshot, watched),
    ...heading('VERDICT', verdict.primary?.cause ?? 'nothing is proved'),
    ...verdictLines(verdict, words),
    ...heading('THE CUSTOMER READS'),
    ...customerLines(verdict, words),
    ...heading('IGNORED OR DOUBTFUL'),
    ...doubtLines(tried),
    '',
  ];
}

function sourceLines(watched: readonly Watched[]): string[] {
  const lines = watched.flatMap((one) => {
    const failed = failureInWords(one) !== null;
    const status = one.status === null ? '' : `status ${one.status}, `;
    return row(failed ? '✗' : '✓', one.name, [`${failed ? 'failed, ' : ''}${status}${one.ms} ms`]);
  });
  return [...heading('SOURCES'), ...lines];
}

const marks: Readonly<Record<Finding['status'], string>> = {
  proved: '✗',
  possible: '✗',
  unknown: '?',
  'needs-feature': '·',
  'ruled-out': '✓',
};
/** What blocks stands first. */
const order: readonly Finding['status'][] = ['proved', 'possible', 'unknown', 'needs-feature', 'ruled-out'];

function verdictLines(verdict: Verdict, words: Words): string[] {
  const findings = verdict.findings.filter(({ cause }) => cause !== 'nothing-blocks');
  return order
    .flatMap((status) => findings.filter((one) => one.status === status))
    .flatMap((one) => row(marks[one.status], one.cause, [proofOf(one, verdict, words)]));
}

function proofOf(finding: Finding, verdict: Verdict, words: Words): string {
  const isOpen = finding.status === 'needs-feature';
  return isOpen ? 'Only a feature tells.' : words.proof(finding, verdict);
}

function customerLines(verdict: Verdict, words: Words): string[] {
  const paragraphs = words.verdict(verdict).split('\n').filter(Boolean);
  const text = paragraphs.map((one) => one.replaceAll(/\*+|^> /g, ''));
  const asked = verdict.feature === null && verdict.primary === null;
  const first = asked ? ['(They may be asked first which feature it is: --feature tells.)'] : [];
  return [...first, ...text].flatMap((one) => wrap(one));
}

function doubtLines({ watched, snapshot, catalog }: Tried): string[] {
  const doubts = watched.flatMap((one) => one.doubts.flatMap(({ path, why }) => row('?', path, [why])));
  const ignored = watched.flatMap((one) =>
    one.ignored.flatMap((path) => row('·', path, ['the contract has no such member'])),
  );
  const warned = watched.flatMap(({ name, warnings }) => warnings.flatMap((one) => row('?', name, [one])));
  const all = [...doubts, ...warned, ...ignored, ...strangers(snapshot, catalog)];
  return all.length === 0 ? ['  Nothing.'] : all;
}

/** Words of the account that are not the catalog's. */
function strangers({ entitlements, plan, quotas, rates, credits }: Snapshot, catalog: Catalog): string[] {
  const meters = [quotas, rates, credits].flatMap((fact) => (fact.known ? fact.value.map(({ meter }) => meter) : []));
  const told = [
    [
      'entitlements[].feature',
      entitlements.known ? entitlements.value.map(({ feature }) => feature) : [],
      catalog.features,
    ],
    ['subscription.plan', plan.known ? [plan.value] : [], catalog.plans],
    ['usage[].meter', meters, catalog.meters],
  ] as const;
  return told.flatMap(([path, used, sold]) => {
    const strange = [...new Set(used)].filter((slug) => !sold.some((one) => one.slug === slug));
    return strange.length === 0 ? [] : row('·', path, [`not in the catalog: ${strange.join(', ')}`]);
  });
}
