import { outcomes } from '../domain/outcome.ts';
import type { Cell } from './csv.ts';
import { definitions } from './definitions.ts';
import type { Insights } from './insights.ts';
import type { ReasonRow } from './reasons.ts';
import type { Share } from './share.ts';
import type { Outcomes } from './sums.ts';

/** The names of what can be exported. */
export const tableNames = [
  ...(['causes', 'articles', 'days', 'outcomes', 'precision', 'confusions', 'reasons', 'unanswered'] as const),
] as const;
/** One of the names above. */
export type TableName = (typeof tableNames)[number];

type Rows = readonly (readonly Cell[])[];

/** A table of the insights, its heading first. Shares are 0 to 1, empty of nothing; headings hold their definitions. */
export function tableOf(name: TableName, insights: Insights): Rows {
  return tables[name](insights);
}

const tables: Readonly<Record<TableName, (insights: Insights) => Rows>> = {
  causes: ({ causes }) => [
    ['Cause', 'Slug', 'Shown', 'Yes', 'No', defined('Helpful', 'helpful'), 'Reasons of no', 'Complaints', ...outcomes]
      .concat(defined('Containment', 'containment'), defined('Resolution', 'resolution'))
      .concat(defined('Precision', 'precision')),
    ...causes.map((row) => [
      ...[row.name, row.slug, row.shown, row.yes, row.no, rounded(row.helpful), inOne(row.reasons), row.complaints],
      ...[...each(row.outcomes), rounded(row.containment), rounded(row.resolution), rounded(row.precision)],
    ]),
  ],
  articles: ({ articles }) => [
    [
      'Article',
      'Slug',
      defined('Views', 'views'),
      'Shown',
      'Yes',
      'No',
      defined('Helpful', 'helpful'),
      'Reasons of no',
      'Complaints',
      ...outcomes,
    ],
    ...articles.map((row) => [
      ...[row.name, row.slug, row.views, row.shown, row.yes, row.no, rounded(row.helpful), inOne(row.reasons)],
      row.complaints,
      ...each(row.outcomes),
    ]),
  ],
  days: ({ days }) => [
    ['Day (UTC)', ...outcomes, 'Tickets opened', 'Tickets closed'],
    ...days.map(({ date, outcomes, opened, closed }) => [date, ...each(outcomes), opened, closed]),
  ],
  outcomes: ({ outcomes, containment, resolution, helpful }) => [
    ['Figure', 'Count', 'Of', 'Share', 'Definition'],
    ...outcomes.map(({ outcome, share }) => figure(outcome, share, definitions[outcome])),
    figure('containment', containment, definitions.containment),
    figure('resolution', resolution, definitions.resolution),
    figure('helpful', helpful, definitions.helpful),
  ],
  precision: ({ precision }) => [
    ['The bot said', 'Slug', 'Same', 'Another', 'None of ours', 'Not told', defined('Precision', 'precision')],
    ...precision.causes.map((row) => [
      ...[row.name, row.said, row.same, row.another, row.none, row.untold, rounded(row.precision)],
    ]),
  ],
  confusions: ({ precision }) => [
    ['The bot said', 'It was', 'Tickets'],
    ...precision.confusions.map(({ said, was, count }) => [said, was, count]),
  ],
  reasons: ({ reasons }) => [
    ['Reason of no', 'Whose words', 'Count', 'Of', 'Share'],
    ...reasons.map(({ name, ours, share }) => [
      ...[name, ours ? 'ours' : 'the customer’s', share.part, share.of, rounded(share)],
    ]),
  ],
  unanswered: ({ unanswered }) => [
    ['Words', 'Count', 'Newest (UTC)'],
    ...unanswered.questions.map(({ words, count, newest }) => [words, count, newest]),
  ],
};

const defined = (name: string, key: keyof typeof definitions): string => `${name} = ${definitions[key]}`;
const each = (counted: Outcomes): number[] => outcomes.map((outcome) => counted[outcome]);
const figure = (name: string, share: Share, means: string): Cell[] => [
  ...[name, share.part, share.of, rounded(share), means],
];
const inOne = (reasons: readonly ReasonRow[]): string =>
  reasons.map(({ name, share }) => `${name}: ${share.part}`).join(' | ');

function rounded({ share }: Share): number | null {
  return share === null ? null : Math.round(share * 10_000) / 10_000;
}
