/**
 * Prints how well and how fast our recognizer hears: on its own examples held out, on strangers' complaints, and on
 * public intent sets (`../shared/data`, never trained on together with content). `node test/bench/recognition.ts`
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IntentExamples } from '../../src/domain/content.ts';
import { createJudge } from '../../src/language/judge.ts';
import type { Judgement } from '../../src/language/judge.ts';
import { score } from '../../src/language/model.ts';
import { createRecognizer } from '../../src/language/recognizer.ts';
import { deserialize, serialize } from '../../src/language/serialize.ts';
import { trainModel } from '../../src/language/train-model.ts';
import { createVectorizer } from '../../src/language/vectorizer.ts';
import { wordsOf } from '../../src/language/words.ts';
import { readCatalog, readIntents } from '../language/content.ts';

interface Row {
  readonly text: string;
  readonly intent: string;
}

interface Complaint {
  readonly text: string;
  readonly label: string;
  readonly cause: string | null;
  readonly near_miss: boolean;
}

const data = join(import.meta.dirname, '../../../shared/data');
const kinds: Readonly<Record<string, string>> = {
  permission_plan: 'plan-lacks-feature',
  usage_limit: 'monthly-limit',
  account_identification: 'not-identified',
  billing: 'payment-lapsed',
  unclear: 'unclear',
};
const table: { figure: string; value: string }[] = [];

const modelFile = process.argv[2];
if (modelFile) reportLoad(modelFile);
else main();

function main(): void {
  const intents = readIntents();
  measureCost(intents);
  measureOwn(intents);
  if (existsSync(data)) {
    measureComplaints(intents);
    for (const set of ['banking77', 'clinc150', 'hwu64']) measureAccuracy(set);
    measureOutOfScope();
  }
  console.table(table);
}

function add(figure: string, value: string): void {
  table.push({ figure, value });
}

function measureCost(intents: readonly IntentExamples[]): void {
  const before = performance.now();
  const bytes = serialize(trainModel(intents));
  const examples = intents.reduce((sum, { utterances }) => sum + utterances.length, 0);
  add('training', `${(performance.now() - before).toFixed(0)} ms for ${examples} utterances`);
  add('model file', `${(bytes.length / 1e6).toFixed(2)} MB`);
  const file = join(mkdtempSync(join(tmpdir(), 'recognition-')), 'model');
  writeFileSync(file, bytes);
  add(
    'fresh process with model file',
    execFileSync(process.execPath, [import.meta.filename, file], { encoding: 'utf8' }),
  );
}

/** Runs in a process of its own, which never trained. */
function reportLoad(file: string): void {
  const [intents, catalog, bytes] = [readIntents(), readCatalog(), readFileSync(file)];
  const rss = process.memoryUsage.rss();
  const before = performance.now();
  const model = deserialize(bytes);
  if (!model) throw new Error('no model');
  const recognizer = createRecognizer(intents, catalog, { model });
  const load = performance.now() - before;
  const texts = intents.flatMap(({ utterances }) => utterances);
  const times = texts.map((text) => {
    const start = performance.now();
    recognizer.recognize(text);
    return performance.now() - start;
  });
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(3);
  const added = (process.memoryUsage.rss() - rss) / 1e6;
  process.stdout.write(
    `load ${load.toFixed(0)} ms, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, RSS +${added.toFixed(0)} MB`,
  );
}

/** Five times a fifth is held out, in blocks of 8 lines: neighbours in a file are often variants of one another. */
function measureOwn(intents: readonly IntentExamples[]): void {
  const isHeldOut = (at: number, fold: number) => Math.floor(at / 8) % 5 === fold;
  const all = [0, 1, 2, 3, 4].flatMap((fold) => {
    const part = (wanted: boolean) =>
      intents.map((one) => ({ ...one, utterances: one.utterances.filter((_, at) => isHeldOut(at, fold) === wanted) }));
    const recognizer = createRecognizer(part(false), readCatalog());
    return part(true).flatMap(({ slug, utterances }) =>
      utterances.map((text) => ({ slug, ...recognizer.recognize(text) })),
    );
  });
  const other = all.filter(({ slug }) => slug === 'other');
  for (const from of [0.5, 0.75]) {
    const heard = all.filter(({ confidence }) => confidence >= from);
    const right = heard.filter(({ slug, intent }) => slug === intent).length;
    const wrong = other.filter(({ confidence }) => confidence >= from).length;
    add(
      `held-out examples, confidence >= ${from}`,
      [
        `precision ${percent(right, heard.length)}, recall ${percent(right, all.length - other.length)}`,
        `"other" heard as something ${percent(wrong, other.length)}`,
      ].join(', '),
    );
  }
  for (const from of [0.5, 0.6, 0.7, 0.8, 0.9]) {
    const band = all.filter(({ confidence }) => confidence >= from && confidence < from + 0.1);
    add(
      `  right of those heard at ${from} to ${(from + 0.1).toFixed(1)}`,
      percent(band.filter(({ slug, intent }) => slug === intent).length, band.length),
    );
  }
}

function measureComplaints(intents: readonly IntentExamples[]): void {
  const recognizer = createRecognizer(intents, readCatalog());
  const all = readLines<Complaint>('complaints/dev').map((complaint) => ({
    ...complaint,
    ...recognizer.recognize(complaint.text),
  }));
  const [denied, other] = [
    all.filter(({ label }) => label === 'access_denied'),
    all.filter(({ label }) => label !== 'access_denied'),
  ];
  const near = other.filter((one) => one.near_miss);
  const oos = readLines<Row>('intent/clinc150/oos_test').map(({ text }) => recognizer.recognize(text));
  for (const from of [0.5, 0.75]) {
    const flagged = <T extends { intent: string | null; confidence: number }>(some: readonly T[]) =>
      some.filter(({ intent, confidence }) => intent === 'access-denied' && confidence >= from);
    const [hits, alarms] = [flagged(denied), flagged(other)];
    const cause = hits.filter((hit) => kinds[hit.cause ?? ''] === hit.about).length;
    add(
      `complaints (dev), confidence >= ${from}`,
      [
        `P ${percent(hits.length, hits.length + alarms.length)} R ${percent(hits.length, denied.length)}`,
        `F1 ${percent(2 * hits.length, hits.length + alarms.length + denied.length)}`,
        `false alarms ${percent(alarms.length, other.length)} near misses ${percent(flagged(near).length, near.length)}`,
        `cause ${percent(cause, hits.length)}`,
      ].join(' '),
    );
    const any = oos.filter(({ intent, confidence }) => intent !== null && confidence >= from).length;
    add(
      `CLINC OOS texts, confidence >= ${from}`,
      `access-denied ${percent(flagged(oos).length, oos.length)}, any intent ${percent(any, oos.length)}`,
    );
  }
}

function measureAccuracy(set: string): void {
  const test = readLines<Row>(`intent/${set}/test`);
  const accuracies = ['train', 'train_10', 'train_5'].map((split) => {
    const judge = judgeTrainedOn(readLines<Row>(`intent/${set}/${split}`));
    return percent(test.filter(({ text, intent }) => judge(text).intent === intent).length, test.length);
  });
  add(`${set}: full, 10, 5 examples`, accuracies.join(', '));
}

/** By the CLINC150 paper's rule: the threshold that is best on the validation set, out-of-scope as one more intent. */
function measureOutOfScope(): void {
  const read = (split: string) => readLines<Row>(`intent/clinc150/${split}`);
  const asOther = (rows: readonly Row[]) => rows.map(({ text }) => ({ text, intent: 'other' }));
  const judge = judgeTrainedOn([...read('train'), ...asOther(read('oos_train'))]);
  const judged = (rows: readonly Row[]) => rows.map(({ text, intent }) => ({ wanted: intent, ...judge(text) }));
  const valid = judged([...read('valid'), ...asOther(read('oos_val'))]);
  const [inside, outside] = [judged(read('test')), judged(asOther(read('oos_test')))];
  const right = (all: typeof valid, threshold: number) =>
    all.filter(({ wanted, intent, evidence }) => wanted === (evidence < threshold ? 'other' : (intent ?? 'other')))
      .length;
  const threshold = valid
    .map(({ evidence }) => evidence)
    .reduce((best, one) => (right(valid, one) > right(valid, best) ? one : best));
  add(
    'clinc150 with out-of-scope: accuracy in scope, recall',
    `${percent(right(inside, threshold), inside.length)}, ${percent(right(outside, threshold), outside.length)}`,
  );
  const beaten = outside.map((out) => inside.filter(({ evidence }) => evidence > out.evidence).length);
  add('clinc150 AUROC', (beaten.reduce((sum, one) => sum + one, 0) / inside.length / outside.length).toFixed(3));
}

function judgeTrainedOn(rows: readonly Row[]): (text: string) => Judgement {
  const groups = Map.groupBy(rows, ({ intent }) => intent);
  const model = trainModel(
    [...groups].map(([slug, own]) => ({ slug, about: null, utterances: own.map(({ text }) => text) })),
  );
  const [vectorizer, judge, scores] = [
    createVectorizer(model),
    createJudge(model.labels),
    new Float32Array(groups.size),
  ];
  return (text) => {
    score(model, vectorizer.vectorize(wordsOf(text)), scores);
    return judge(scores);
  };
}

function readLines<T>(name: string): T[] {
  return readFileSync(join(data, `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

function percent(part: number, all: number): string {
  return `${((100 * part) / all).toFixed(1)} %`;
}
