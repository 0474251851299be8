import type { TellableFinding } from '../../domain/reply.ts';
import type { FindingStatus } from '../../domain/verdict.ts';
import { el } from './dom.ts';
import { icon } from './icons.ts';

const words: Readonly<Record<FindingStatus, string>> = {
  proved: 'Found',
  'ruled-out': 'Ruled out',
  unknown: 'Could not check',
};
const marks: Readonly<Record<FindingStatus, string>> = {
  proved: 'Cause found',
  'ruled-out': 'Nothing blocks you',
  unknown: 'Not everything could be checked',
};
const sources: Readonly<Record<string, string>> = { identity: 'your sign-in', 'account-api': 'your account' };

/** The last finding of a verdict only sums the others up. */
const isCheck = ({ cause }: TellableFinding): boolean => cause !== 'nothing-blocks';

/** What the findings amount to: a proof, else a doubt, else that nothing blocks. */
export function overallStatus(findings: readonly TellableFinding[]): FindingStatus {
  const has = (status: FindingStatus) => findings.some((finding) => isCheck(finding) && finding.status === status);
  return has('proved') ? 'proved' : has('unknown') ? 'unknown' : 'ruled-out';
}

/** The mark at the top of a verdict. */
export function statusMark(status: FindingStatus): HTMLElement {
  return el('p', { class: `mark ${status}` }, icon(status), marks[status]);
}

/** Everything that was checked, folded away: what came out, the fact, where and when it was read. */
export function checkedList(findings: readonly TellableFinding[]): HTMLElement {
  const checks = findings.filter(isCheck);
  const title = `What I checked (${checks.length})`;
  return el('details', {}, el('summary', {}, title), el('ul', { class: 'findings' }, ...checks.map(lineOf)));
}

function lineOf({ status, fact, cause, source, readAt }: TellableFinding): HTMLElement {
  const at = new Date(readAt);
  const shown = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  const time = el('time', { datetime: readAt, title: at.toLocaleString() }, shown);
  const from = el('small', {}, `Read from ${sources[source] ?? source} at `, time);
  const body = el('div', {}, el('strong', {}, words[status]), ` ${fact || cause.replaceAll('-', ' ')} `, from);
  return el('li', { class: status }, icon(status), body);
}
