import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Counts } from '../../src/domain/figures.ts';
import { outcomes } from '../../src/domain/outcome.ts';
import { insightsOf, type Insights } from '../../src/metrics/insights.ts';
import type { Share } from '../../src/metrics/share.ts';
import { anyCounts, names, nothing, period } from './any-counts.ts';

const insights = (differs: Partial<Counts> = {}) => insightsOf({ ...nothing, ...differs }, period, names);
const always = (holds: (insights: Insights, counts: Counts) => void) =>
  fc.assert(fc.property(anyCounts, (counts) => holds(insightsOf(counts, period, names), counts)));
const total = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

/** Every share anywhere in the insights. */
function sharesIn(value: unknown): Share[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('told' in value) return [value as Share];
  return Object.values(value).flatMap(sharesIn);
}

describe('whatever was counted', () => {
  it('no share is outside 0 to 1, none is NaN, and nothing of nothing is "–"', () => {
    always((shown) => {
      const shares = sharesIn(shown);
      assert.ok(shares.length >= outcomes.length + 3);
      for (const { part, of, share, told } of shares) {
        assert.ok(share === null ? of === 0 : share >= 0 && share <= 1, JSON.stringify({ part, of, share }));
        assert.equal(told === '–', of === 0);
        assert.doesNotMatch(told, /NaN|Infinity|null|undefined/);
      }
    });
  });

  it('containment is never below resolution, in all and per cause', () => {
    always((shown) => {
      for (const { containment, resolution } of [shown, ...shown.causes]) {
        assert.ok(containment.part >= resolution.part);
        assert.equal(containment.of, resolution.of);
      }
    });
  });

  it('the outcomes of the days, of the causes and of all agree', () => {
    always((shown) => {
      for (const { outcome, share } of shown.outcomes) {
        assert.equal(share.of, shown.complaints);
        assert.equal(total(shown.days.map((day) => day.outcomes[outcome])), share.part);
        assert.equal(total(shown.causes.map((row) => row.outcomes[outcome])), share.part);
      }
      assert.equal(total(shown.outcomes.map(({ share }) => share.part)), shown.complaints);
      for (const row of [...shown.causes, ...shown.articles])
        assert.equal(total(Object.values(row.outcomes)), row.complaints);
    });
  });

  it('the yes and no of the causes and below articles, those of the articles, and all agree', () => {
    always((shown, { feedback }) => {
      const below = feedback.filter(({ onPage }) => onPage);
      const yesBelow = total(below.filter(({ answered }) => answered).map(({ count }) => count));
      const allBelow = total(below.map(({ count }) => count));
      for (const [rows, yes, all] of [[shown.causes, yesBelow, allBelow] as const, [shown.articles, 0, 0] as const]) {
        assert.equal(total(rows.map((row) => row.yes)) + yes, shown.helpful.part);
        assert.equal(total(rows.map((row) => row.yes + row.no)) + all, shown.helpful.of);
      }
    });
  });

  it('each article has the views that were counted of it', () => {
    always((shown, { articleViews }) => {
      assert.equal(total(shown.articles.map(({ views }) => views)), total(articleViews.map(({ count }) => count)));
    });
  });

  it('the reasons add up to the noes, in all and per row', () => {
    always((shown) => {
      const noes = shown.helpful.of - shown.helpful.part;
      assert.equal(total(shown.reasons.map(({ share }) => share.part)), noes);
      for (const { no, reasons } of [...shown.causes, ...shown.articles])
        assert.equal(total(reasons.map(({ share }) => share.part)), no);
    });
  });

  it('same, another, none and not told are all closed tickets with a verdict', () => {
    always((shown, { closed }) => {
      const { causes, all } = shown.precision;
      const judged = closed.filter(({ said }) => said !== null);
      assert.equal(
        total(causes.map(({ same, another, none, untold }) => same + another + none + untold)),
        total(judged.map(({ count }) => count)),
      );
      for (const { same, another, none, precision } of causes) {
        assert.equal(precision.of, same + another + none);
        assert.equal(precision.part, same);
      }
      assert.equal(total(causes.map(({ same }) => same)), all.part);
    });
  });

  it('every ticket that was closed or opened stands on its day, and every day is there', () => {
    always((shown) => {
      assert.deepEqual(
        shown.days.map(({ date }) => date),
        ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04', '2026-11-05'],
      );
      assert.equal(total(shown.days.map(({ opened }) => opened)), shown.opened);
      assert.equal(total(shown.days.map(({ closed }) => closed)), shown.closed);
    });
  });

  it('every number has its definition', () => {
    const { definitions } = insights();
    for (const key of [...outcomes, 'containment', 'resolution', 'helpful', 'precision', 'shown', 'tickets'] as const)
      assert.match(definitions[key], /\.$|”$/, key);
  });
});

describe('insights', () => {
  it('are empty where nothing was counted, with every day of it', () => {
    const { empty, from, to, days, containment } = insights();
    assert.deepEqual(
      { empty, from, to, days: days.length },
      { empty: true, from: '2026-11-01', to: '2026-11-05', days: 5 },
    );
    assert.equal(containment.told, '–');
    assert.equal(insights({ opened: [{ day: period.from / 86_400_000, count: 1 }] }).empty, false);
  });

  it('tell containment and resolution as they are defined', () => {
    const day = period.from / 86_400_000;
    const complaints = outcomes.map((outcome, i) => ({ day, cause: null, outcome, count: 10 ** i }));
    const { containment, resolution } = insights({ complaints });
    assert.deepEqual([containment.part, containment.of], [111, 1_111_111]);
    assert.deepEqual([resolution.part, resolution.of], [11, 1_111_111]);
  });

  it('show nothing solved where five complaints failed', () => {
    const day = period.from / 86_400_000;
    const failed = ['unsolved', 'unsolved', 'answered', 'handed-off', 'abandoned'] as const;
    const { containment, resolution } = insights({
      complaints: failed.map((outcome, i) => ({ day, cause: `cause ${i}`, outcome, count: 1 })),
    });
    assert.deepEqual([containment.told, resolution.told], ['0 of 5', '0 of 5']);
  });

  it('give each cause and article what is its own, the commonest first, what nothing was told of last', () => {
    const ended = { day: period.from / 86_400_000, outcome: 'verified' } as const;
    const { causes, articles } = insights({
      complaints: [
        { ...ended, cause: 'monthly-limit', count: 1 },
        { ...ended, cause: null, count: 5 },
      ],
      causesShown: [
        { cause: 'incident', count: 2 },
        { cause: 'no-seat', count: 7 },
      ],
      articlesShown: [{ article: 'seats', count: 7 }],
      feedback: [
        { onPage: false, cause: 'no-seat', article: 'seats', answered: true, count: 3 },
        { onPage: false, cause: 'no-seat', article: 'seats', answered: false, count: 1 },
        { onPage: false, cause: null, article: null, answered: true, count: 9 },
      ],
      reasons: [{ onPage: false, cause: 'no-seat', article: 'seats', reason: 'why-steps', count: 1 }],
    });
    assert.deepEqual(
      causes.map(({ name, shown, helpful }) => `${name} ${shown} ${helpful.told}`),
      ['Cause no-seat 7 3 of 4', 'Cause incident 2 –', 'Cause monthly-limit 0 –', 'No cause was told 0 9 of 9'],
    );
    assert.deepEqual(
      articles.map(({ name, reasons }) => `${name} ${reasons.map((one) => `${one.name} ${one.share.told}`).join()}`),
      ['Article seats Reason why-steps 1 of 1', 'No article '],
    );
  });

  it('tell a reason of ours by its name, and the customer’s own words as theirs', () => {
    const feedback = [{ onPage: false, cause: null, article: null, answered: false, count: 9 }];
    const reasons = [
      { onPage: false, cause: null, article: null, reason: 'why-steps', count: 4 },
      { onPage: false, cause: null, article: null, reason: null, count: 2 },
      { onPage: false, cause: null, article: null, reason: 'it is blue', count: 1 },
    ];
    assert.deepEqual(
      insights({ feedback, reasons }).reasons.map(({ name, ours, share }) => [name, ours, share.told]),
      [
        ['Reason why-steps', true, '4 of 9'],
        ['No reason given', true, '2 of 9'],
        ['it is blue', false, '1 of 9'],
        ['Other words', true, '2 of 9'],
      ],
    );
  });
});

describe('precision', () => {
  const closed = (said: string | null, was: string | null, count: number) => ({ day: 20_000, said, was, count });

  it('is what the agent found to be the same, of what the agent told', () => {
    const { precision } = insights({
      closed: [closed('no-seat', 'no-seat', 3), closed('no-seat', 'incident', 1), closed('no-seat', null, 8)],
    });
    assert.equal(precision.causes[0]?.precision.told, '3 of 4');
    assert.equal(precision.causes[0].untold, 8);
    assert.equal(precision.all.told, '3 of 4');
  });

  it('calls it the same when nothing blocks and the agent finds none of our causes', () => {
    const { precision } = insights({
      closed: [
        closed('nothing-blocks', 'none', 2),
        closed('nothing-blocks', 'no-seat', 1),
        closed('no-seat', 'none', 1),
      ],
    });
    assert.deepEqual(
      precision.causes.map(({ said, same, another, none }) => [said, same, another, none]),
      [
        ['nothing-blocks', 2, 1, 0],
        ['no-seat', 0, 0, 1],
      ],
    );
  });

  it('lists what was said against what it was, the commonest first', () => {
    const { precision } = insights({
      closed: [
        closed('no-seat', 'no-seat', 9),
        closed('no-seat', 'incident', 1),
        { ...closed('no-seat', 'incident', 2), day: 20_001 },
        closed('no-seat', 'none', 2),
        closed('no-seat', null, 4),
        closed(null, 'incident', 1),
        closed(null, 'none', 5),
      ],
    });
    assert.deepEqual(
      precision.confusions.map(({ said, was, count }) => `said ${said}, was ${was}: ${count}`),
      [
        'said Cause no-seat, was Cause incident: 3',
        'said Cause no-seat, was none of our causes: 2',
        'said no verdict, was Cause incident: 1',
      ],
    );
  });
});
