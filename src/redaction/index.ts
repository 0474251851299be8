import type { RemovedKind } from '../domain/activity.ts';
import { findCards } from './cards.ts';
import { findIbans } from './ibans.ts';
import { findPasswords } from './passwords.ts';
import { plainOf, type Match } from './plain.ts';
import { findSecrets } from './secrets.ts';

/** A text without what nobody may store, and what was taken out of it, in the order of the text. */
export interface Redacted {
  readonly text: string;
  readonly removed: readonly RemovedKind[];
}

/** What is taken out may bare something that stood right behind it; a text is read this often at most. */
const readings = 5;

/**
 * Takes card numbers, secrets, IBANs and passwords out of a text. Pure, in linear time, never throws; what is not
 * taken out stays byte for byte, and a second call finds nothing more.
 */
export function redact(text: string): Redacted {
  let removed: readonly RemovedKind[] = [];
  for (let reading = 0; reading < readings; reading++) {
    const once = redactOnce(text);
    if (once.removed.length === 0) break;
    removed = removed.concat(once.removed);
    text = once.text;
  }
  return { text, removed };
}

function redactOnce(text: string): Redacted {
  const plain = plainOf(text);
  // The order decides whose label stands when two mean the same place.
  const found = [findCards, findSecrets, findIbans, findPasswords].flatMap((find) => find(plain.text));
  const findings = withoutOverlaps(found);
  let [result, from] = ['', 0];
  for (const { start, end, label } of findings) {
    result += text.slice(from, plain.startOf(start)) + label;
    from = plain.endOf(end);
  }
  return { text: result + text.slice(from), removed: findings.map(({ kind }) => kind) };
}

/** A JSON value whose strings are redacted, keys too; all else is kept. The depth may be what JSON.parse makes. */
export function redactJson<T>(value: T): T {
  return redactValue(value) as T;
}

function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return redact(value).text;
  if (Array.isArray(value)) return value.map(redactValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [redact(key).text, redactValue(inner)]));
}

/** Findings that touch the same place become one, under the label of the longest. */
function withoutOverlaps(found: readonly Match[]): readonly Match[] {
  const kept: Match[] = [];
  let longest = 0;
  for (const finding of [...found].sort((a, b) => a.start - b.start)) {
    const last = kept.at(-1);
    const length = finding.end - finding.start;
    if (last === undefined || finding.start >= last.end) {
      kept.push(finding);
      longest = length;
      continue;
    }
    const end = Math.max(last.end, finding.end);
    kept[kept.length - 1] = { ...(length > longest ? finding : last), start: last.start, end };
    longest = Math.max(longest, length);
  }
  return kept;
}
