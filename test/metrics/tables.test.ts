import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Counts } from '../../src/domain/figures.ts';
import { insightsOf } from '../../src/metrics/insights.ts';
import { tableNames, tableOf, type TableName } from '../../src/metrics/tables.ts';
import { anyCounts, names, nothing, period } from './any-counts.ts';

const day = period.from / 86_400_000;
const counts: Counts = {
  ...nothing,
  complaints: [
    { day, cause: 'no-seat', outcome: 'verified', count: 2 },
    { day, cause: 'no-seat', outcome: 'handed-off', count: 1 },
  ],
  causesShown: [{ cause: 'no-seat', count: 4 }],
  articlesShown: [{ article: 'seats', count: 4 }],
  articleViews: [{ article: 'seats', count: 9 }],
  feedback: [{ onPage: false, cause: 'no-seat', article: 'seats', answered: false, count: 1 }],
  reasons: [{ onPage: false, cause: 'no-seat', article: 'seats', reason: '=1+1', count: 1 }],
  opened: [{ day, count: 1 }],
  closed: [{ day, said: 'no-seat', was: 'incident', count: 3 }],
  unanswered: [{ words: 'Where is the moon?', count: 2, newest: period.from }],
};
const table = (name: TableName) => tableOf(name, insightsOf(counts, period, names));

describe('a table to export', () => {
  for (const name of tableNames)
    it(`"${name}" has a heading over every column, whatever was counted`, () => {
      fc.assert(
        fc.property(anyCounts, (any) => {
          const [heading = [], ...rows] = tableOf(name, insightsOf(any, period, names));
          assert.ok(heading.every((cell) => typeof cell === 'string' && cell.length > 0));
          assert.ok(rows.every((row) => row.length === heading.length));
        }),
        { numRuns: 20 },
      );
    });

  it('tells of each cause its name, slug, feedback, outcomes and shares, the shares of nothing empty', () => {
    assert.deepEqual(table('causes')[1], [
      ...['Cause no-seat', 'no-seat', 4, 0, 1, 0, '=1+1: 1', 3, 2, 0, 0, 1, 0, 0, 0, 0.6667, 0.6667, 0],
    ]);
    assert.equal(tableOf('causes', insightsOf({ ...counts, feedback: [] }, period, names))[1]?.[5], null);
  });

  it('tells of each article the same but for the verdict', () => {
    assert.deepEqual(table('articles')[1], [
      ...['Article seats', 'seats', 9, 4, 0, 1, 0, '=1+1: 1', 0, 0, 0, 0, 0, 0, 0, 0],
    ]);
  });

  it('tells every day, with the tickets', () => {
    assert.deepEqual(table('days')[1], ['2026-11-01', 2, 0, 0, 1, 0, 0, 0, 1, 3]);
    assert.equal(table('days').length, 6);
  });

  it('tells each outcome with its definition, and what is made of them', () => {
    const rows = table('outcomes');
    assert.deepEqual(
      rows.slice(1).map(([name, part, of]) => `${name ?? ''} ${part ?? ''}/${of ?? ''}`),
      [
        ...['verified 2/3', 'confirmed 0/3', 'assumed 0/3', 'handed-off 1/3'],
        ...['unsolved 0/3', 'answered 0/3', 'abandoned 0/3'],
        ...['containment 2/3', 'resolution 2/3', 'helpful 0/1'],
      ],
    );
    assert.match(String(rows[8]?.[4]), /verified \+ confirmed \+ assumed/);
  });

  it('tells what agents found, why it did not help, and what nobody answered', () => {
    assert.deepEqual(table('precision')[1], ['Cause no-seat', 'no-seat', 0, 3, 0, 0, 0]);
    assert.deepEqual(table('confusions')[1], ['Cause no-seat', 'Cause incident', 3]);
    assert.deepEqual(table('reasons')[1], ['=1+1', 'the customer’s', 1, 1, 1]);
    assert.deepEqual(table('unanswered')[1], ['Where is the moon?', 2, '2026-11-01T00:00:00.000Z']);
  });
});
