import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IntentExamples } from '../../../src/domain/content.ts';
import { serialize } from '../../../src/language/serialize.ts';
import { trainModel } from '../../../src/language/train-model.ts';
import { percent, shown } from './numbers.ts';
import { recognizerWith } from './recognizer.ts';

/** A line of our own figures: what, and how much of it. */
export type OwnFigure = readonly [figure: string, value: string];

/** The model file, and what loading it costs a process that never trained. */
export function measureLoad(intents: readonly IntentExamples[]): OwnFigure[] {
  const before = performance.now();
  const bytes = serialize(trainModel(intents));
  const time = performance.now() - before;
  const examples = intents.reduce((sum, { utterances }) => sum + utterances.length, 0);
  const folder = mkdtempSync(join(tmpdir(), 'recognition-'));
  const file = join(folder, 'model');
  writeFileSync(file, bytes);
  const load = execFileSync(process.execPath, [join(import.meta.dirname, 'load.ts'), file], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return [
    ['training', `${time.toFixed(0)} ms for ${examples} utterances`],
    ['model file', `${(bytes.length / 1e6).toFixed(2)} MB`],
    ['fresh process with model file', load],
  ];
}

/** Five times a fifth is held out, in blocks of 8 lines: neighbours in a file are often variants of one another. */
export async function measureHeldOut(intents: readonly IntentExamples[]): Promise<OwnFigure[]> {
  const all: HeldOut[] = [];
  for (const fold of [0, 1, 2, 3, 4]) all.push(...(await heardInFold(intents, fold)));
  const gates = [0.5, 0.75].map((from) => gateFigure(all, from));
  return [...gates, ...[0.5, 0.6, 0.7, 0.8, 0.9].map((from) => bandFigure(all, from))];
}

async function heardInFold(intents: readonly IntentExamples[], fold: number): Promise<HeldOut[]> {
  const isHeldOut = (at: number) => Math.floor(at / 8) % 5 === fold;
  const part = (wanted: boolean) =>
    intents.map((one) => ({ ...one, utterances: one.utterances.filter((_, at) => isHeldOut(at) === wanted) }));
  const recognizer = recognizerWith(trainModel(part(false)));
  const rows = part(true).flatMap(({ slug, utterances }) => utterances.map((text) => ({ slug, text })));
  return Promise.all(rows.map(async ({ slug, text }) => ({ slug, ...(await recognizer.recognize(text)) })));
}

interface HeldOut {
  readonly slug: string;
  readonly intent: string | null;
  readonly confidence: number;
}

function gateFigure(all: readonly HeldOut[], from: number): OwnFigure {
  const other = all.filter(({ slug }) => slug === 'other');
  const heard = all.filter(({ confidence }) => confidence >= from);
  const right = heard.filter(({ slug, intent }) => slug === intent).length;
  const wrong = other.filter(({ confidence }) => confidence >= from).length;
  const [precision, recall] = [percent(right, heard.length), percent(right, all.length - other.length)];
  return [
    `held-out examples, confidence >= ${from}`,
    `precision ${shown(precision)}, recall ${shown(recall)}, "other" heard as something ${shown(percent(wrong, other.length))}`,
  ];
}

function bandFigure(all: readonly HeldOut[], from: number): OwnFigure {
  const band = all.filter(({ confidence }) => confidence >= from && confidence < from + 0.1);
  const right = band.filter(({ slug, intent }) => slug === intent).length;
  return [`right of those heard at ${from} to ${(from + 0.1).toFixed(1)}`, shown(percent(right, band.length))];
}
