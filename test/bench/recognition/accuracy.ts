import type { Contestant, Heard, Row, Trained } from './contestant.ts';
import { isWanted } from './contestant.ts';
import { readRows } from './data.ts';
import type { Figures } from './figures.ts';
import { auroc, percent } from './numbers.ts';

interface Judged extends Heard {
  readonly wanted: string;
}

/** The share of a set's test texts whose intent is heard right, learned from one of its splits. */
export async function measureAccuracy(contestant: Contestant, set: string, split: string): Promise<Figures> {
  const trained = await contestant.train(readRows(`${set}/${split}`));
  const all = await judge(trained, readRows(`${set}/test`));
  return { [`${set} ${split}`]: percent(all.filter(({ wanted, intent }) => wanted === intent).length, all.length) };
}

/**
 * By the CLINC150 paper's rule: out-of-scope is one more intent, and of all thresholds the one that is best on the
 * validation set counts.
 */
export async function measureOutOfScope(contestant: Contestant): Promise<Figures> {
  const read = (split: string) => readRows(`clinc150/${split}`);
  const trained = await contestant.train([...read('train'), ...asOther(read('oos_train'))]);
  const valid = await judge(trained, [...read('valid'), ...asOther(read('oos_val'))]);
  const inside = await judge(trained, read('test'));
  const outside = await judge(trained, asOther(read('oos_test')));
  const threshold = valid
    .map(({ score }) => score)
    .reduce((best, one) => (rightOf(valid, one) > rightOf(valid, best) ? one : best));
  const scores = (some: readonly Judged[]) => some.map(({ score }) => score);
  return {
    'oos in scope': percent(rightOf(inside, threshold), inside.length),
    'oos recall': percent(rightOf(outside, threshold), outside.length),
    'oos auroc': auroc(scores(inside), scores(outside)),
  };
}

function asOther(rows: readonly Row[]): Row[] {
  return rows.map(({ text }) => ({ text, intent: 'other' }));
}

function rightOf(all: readonly Judged[], threshold: number): number {
  const verdictOf = ({ intent, score }: Judged) => (score >= threshold && isWanted(intent) ? intent : 'other');
  return all.filter((one) => one.wanted === verdictOf(one)).length;
}

async function judge(trained: Trained, rows: readonly Row[]): Promise<Judged[]> {
  const all: Judged[] = [];
  for (const { text, intent } of rows) all.push({ wanted: intent, ...(await trained.predict(text)) });
  return all;
}
