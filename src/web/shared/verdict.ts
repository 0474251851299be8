import type { TellableFinding } from '../../domain/reply.ts';
import type { FindingStatus } from '../../domain/verdict.ts';
import { el } from './dom.ts';
import { sorted } from './fallbacks.ts';
import { icon } from './icons.ts';
import { fill, type Amount, type MessageWords, type Told } from './words/table.ts';

/** The last finding of a verdict only sums the others up. */
const isCheck = ({ cause }: TellableFinding): boolean => cause !== 'nothing-blocks';

/** What the findings amount to: a proof, else what only a feature tells, else a doubt, else nothing. */
export function overallStatus(findings: readonly TellableFinding[]): Amount {
  const has = (status: FindingStatus) => findings.some((finding) => isCheck(finding) && finding.status === status);
  if (has('proved')) return 'proved';
  if (has('possible') || has('needs-feature')) return 'possible';
  return has('unknown') ? 'unknown' : 'nothing';
}

/** The mark at the top of a verdict. */
export function statusMark(amount: Amount, { amounts }: MessageWords): HTMLElement {
  return el('p', { class: `mark ${amount}` }, icon(amount), amounts[amount]);
}

/** Everything that was checked, or could not be, folded away: what came out, the fact; then when each source was read. */
export function checkedList(findings: readonly TellableFinding[], words: MessageWords): HTMLElement[] {
  const checks = findings.filter(isCheck);
  const lines = checks.flatMap((one) => (one.status === 'needs-feature' ? [] : [lineOf(one, one.status, words)]));
  if (lines.length === 0) return [];
  const unread = checks.filter(({ status }) => status === 'unknown').length;
  const made = lines.length - unread;
  const title = made > 0 ? fill(words.checked, { n: made }) : fill(words.unchecked, { n: unread });
  return [
    el('details', {}, el('summary', {}, title), el('ul', { class: 'findings' }, ...lines), readTimes(checks, words)),
  ];
}

function lineOf({ fact, cause }: TellableFinding, status: Told, { told }: MessageWords): HTMLElement {
  const body = el('div', {}, el('strong', {}, told[status]), ` ${fact || cause.replaceAll('-', ' ')}`);
  return el('li', { class: status }, icon(status), body);
}

/** One time for each source: the earliest. */
function readTimes(checks: readonly TellableFinding[], { read, sources }: MessageWords): HTMLElement {
  const times = new Map<TellableFinding['source'], string>();
  for (const { source, readAt } of sorted(checks, (a, b) => a.readAt.localeCompare(b.readAt)))
    if (!times.has(source)) times.set(source, readAt);
  const told = [...times].flatMap(([source, readAt], i) => {
    const at = new Date(readAt);
    const shown = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    const time = el('time', { datetime: readAt, title: at.toLocaleString() }, shown);
    return [i === 0 ? `${read} ` : ', ', `${sources[source]} `, time];
  });
  return el('small', {}, ...told);
}
