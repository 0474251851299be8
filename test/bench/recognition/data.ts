import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readIntents } from '../../language/content.ts';
import type { Row } from './contestant.ts';
import { labelOf } from './contestant.ts';

/** A message of a stranger, and what a person made of it. */
export interface Complaint {
  readonly text: string;
  readonly label: 'access_denied' | 'other';
  readonly cause: string | null;
  readonly near_miss: boolean;
  /** Of a near miss: written by a customer, or an issue title by those who make the software. */
  readonly voice?: 'customer' | 'maker';
}

const folder = join(import.meta.dirname, '../../../../shared/data');

/** Where a set of the measuring data lies. */
export function dataFile(name: string): string {
  return join(folder, `${name}.jsonl`);
}

/** Whether the measuring data is on this machine: the project itself has none of it. */
export function hasData(...names: readonly string[]): boolean {
  return names.every((name) => existsSync(dataFile(name)));
}

/** Public utterances and their intents, such as `clinc150/test`. */
export function readRows(name: string): Row[] {
  return readLines(`intent/${name}`) as Row[];
}

/** The strangers' messages: to measure on, never to learn from. */
export function readComplaints(): Complaint[] {
  return readLines('complaints/dev') as Complaint[];
}

/** What customers wrote first in a talk, long or angry or foreign: a second set to measure on, without causes. */
export function readTalks(): Complaint[] {
  const rows = readLines('talks/messages') as (Omit<Complaint, 'label' | 'cause'> & { readonly label: string })[];
  return rows.map((row) => ({ ...row, label: row.label === 'access_denied' ? row.label : 'other', cause: null }));
}

/** All examples of content, each with its flat label: `slug`, or `slug/about`. */
export function contentRows(): Row[] {
  return readIntents().flatMap(({ slug, subIntent, utterances }) =>
    utterances.map((text) => ({ text, intent: labelOf(slug, subIntent) })),
  );
}

function readLines(name: string): unknown[] {
  return readFileSync(dataFile(name), 'utf8')
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}
