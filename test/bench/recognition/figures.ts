/** What one task measured, by the keys below. */
export type Figures = Readonly<Record<string, number>>;

/** A figure of the comparison, and how it is printed. */
export interface Figure {
  readonly key: string;
  readonly name: string;
  readonly digits: number;
  readonly better: 'more' | 'less';
}

/** A column of the table: figures of the same kind, side by side. */
export interface Column {
  readonly title: string;
  readonly figures: readonly Figure[];
}

const more = (key: string, name = key, digits = 1): Figure => ({ key, name, digits, better: 'more' });
const less = (key: string, name = key, digits = 1): Figure => ({ key, name, digits, better: 'less' });
const splits = (set: string, name: string): Column => ({
  title: `${name} full / 10 / 5, %`,
  figures: [
    more(`${set} train`, `${name} full`),
    more(`${set} train_10`, `${name} 10 examples`),
    more(`${set} train_5`, `${name} 5 examples`),
  ],
});

/** The comparison, column by column. */
export const columns: readonly Column[] = [
  splits('banking77', 'Banking77'),
  splits('clinc150', 'CLINC150'),
  splits('hwu64', 'HWU64'),
  {
    title: 'CLINC150 out of scope: accuracy in scope / recall, %',
    figures: [more('oos in scope', 'CLINC150 in scope'), more('oos recall', 'CLINC150 out-of-scope recall')],
  },
  { title: 'AUROC', figures: [more('oos auroc', 'CLINC150 AUROC', 3)] },
  {
    title: 'complaints: F1 / recall / cause, %',
    figures: [
      more('f1', 'complaints F1'),
      more('recall', 'complaints recall'),
      more('cause', 'complaints, cause right of those flagged'),
    ],
  },
  {
    title: 'false alarms / near misses, %',
    figures: [less('alarms', 'complaints, false alarms'), less('near', 'complaints, near misses flagged')],
  },
  {
    title: 'CLINC out-of-scope texts flagged / heard as anything, %',
    figures: [
      less('oos flagged', 'CLINC150 out-of-scope texts flagged as a complaint'),
      less('oos heard', 'CLINC150 out-of-scope texts heard as anything'),
    ],
  },
  { title: 'training, s', figures: [less('seconds', 'training on content, s', 2)] },
  { title: 'p50 / p99, ms', figures: [less('p50', 'p50, ms', 3), less('p99', 'p99, ms', 3)] },
  { title: 'RSS added, MB', figures: [less('rss', 'RSS added, MB', 0)] },
  { title: 'model, MB', figures: [less('megabytes', 'model, MB', 2)] },
];

/** All figures, in the order of the columns. */
export const figures: readonly Figure[] = columns.flatMap((column) => column.figures);
