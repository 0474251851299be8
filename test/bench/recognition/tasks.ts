import { join } from 'node:path';
import { measureAccuracy, measureOutOfScope } from './accuracy.ts';
import { measureContent } from './content.ts';
import type { Contestant } from './contestant.ts';
import { dataFile } from './data.ts';
import type { Figures } from './figures.ts';

/** Something every contestant is put to, in a process of its own. */
export interface Task {
  readonly name: string;
  /** The figures it gives. */
  readonly keys: readonly string[];
  /** What it measures on: data files, and its own source. */
  readonly inputs: readonly string[];
  readonly needsData: boolean;
  /** A task with fewer rows of the same kind: whoever is too slow for that is too slow for this. */
  readonly smaller?: string;
  run(contestant: Contestant, rssBefore: number): Promise<Figures>;
}

const here = (file: string) => join(import.meta.dirname, file);

function accuracyTask(set: string, split: string, smaller?: string): Task {
  const name = `${set} ${split}`;
  return {
    name,
    keys: [name],
    inputs: [...[split, 'test'].map((part) => dataFile(`intent/${set}/${part}`)), here('accuracy.ts')],
    needsData: true,
    ...(smaller && { smaller: `${set} ${smaller}` }),
    run: (contestant) => measureAccuracy(contestant, set, split),
  };
}

const outOfScope: Task = {
  name: 'clinc150 out of scope',
  keys: ['oos in scope', 'oos recall', 'oos auroc'],
  inputs: [
    ...['train', 'valid', 'test', 'oos_train', 'oos_val', 'oos_test'].map((part) =>
      dataFile(`intent/clinc150/${part}`),
    ),
    here('accuracy.ts'),
  ],
  needsData: true,
  smaller: 'clinc150 train',
  run: (contestant) => measureOutOfScope(contestant),
};

const cost = ['seconds', 'p50', 'p99', 'rss', 'megabytes'];
const complaints = ['f1', 'recall', 'cause', 'alarms', 'near', 'oos flagged', 'oos heard'];
/** Its examples are an input too; the runner adds them. */
const content: Task = {
  name: 'content',
  keys: [...cost, ...complaints],
  inputs: [dataFile('complaints/dev'), dataFile('intent/clinc150/oos_test'), here('content.ts')],
  needsData: false,
  run: measureContent,
};

/** All tasks; smaller ones first. */
export const tasks: readonly Task[] = [
  content,
  ...['banking77', 'clinc150', 'hwu64'].flatMap((set) => [
    accuracyTask(set, 'train_5'),
    accuracyTask(set, 'train_10', 'train_5'),
    accuracyTask(set, 'train', 'train_10'),
  ]),
  outOfScope,
];
