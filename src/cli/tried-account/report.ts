import type { Catalog } from '../../domain/catalog.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { Finding, Verdict } from '../../domain/verdict.ts';
import { timeInWords } from '../../knowledge/in-words.ts';
import type { Words } from '../../knowledge/wording.ts';
import { strangersIn, untoldIn } from './catalog-words.ts';
import { factCount, factLines, isMember } from './facts.ts';
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
    ...verdictLines(verdict, words, isMember(snapshot)),
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

/** Of who is not in the account nothing else can be told. */
function verdictLines(verdict: Verdict, words: Words, isThere: boolean): string[] {
  const findings = verdict.findings.filter(
    ({ cause, status }) => cause !== 'nothing-blocks' && (isThere || status !== 'unknown'),
  );
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

function doubtLines({ watched, snapshot, verdict, catalog }: Tried): string[] {
  const doubts = watched.flatMap((one) => one.doubts.flatMap(({ path, why }) => row('?', path, [why])));
  const ignored = watched.flatMap((one) =>
    one.ignored.flatMap((path) => row('·', path, ['the contract has no such member'])),
  );
  const warned = watched.flatMap(({ name, warnings }) => warnings.flatMap((one) => row('?', name, [one])));
  const sold = [...untoldIn(snapshot, verdict.feature, catalog), ...strangersIn(snapshot, catalog)];
  const all = [...doubts, ...warned, ...ignored, ...sold];
  return all.length === 0 ? ['  Nothing.'] : all;
}
