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
