import type { NamedFeature, Polarity } from '../domain/recognition.ts';
import type { Clause } from './clauses.ts';
import type { Mention, MentionFinder } from './mentions.ts';
import { isExcluded, isOfWriter, opposite, polarityOf } from './polarity.ts';

/** How much a polarity says; of a feature that is named twice the one that says more counts. */
const WEIGHT: Readonly<Record<Polarity, number>> = { named: 0, excluded: 1, works: 2, blocked: 3 };

/** "… reports still are": what they are stands elsewhere. */
const CUT_SHORT = new Set(['is', 'are', 'was', 'were', 'do', 'does', 'did']);

interface Judged {
  readonly clause: Clause;
  readonly mentions: readonly Mention[];
  polarity: Polarity;
  /** It says nothing of its own, but for the names in it. */
  readonly isBare: boolean;
}

/** Every feature that is named, in the order of the text, with what is said of it. */
export function judgeFeatures(clauses: readonly Clause[], find: MentionFinder): NamedFeature[] {
  const judged = clauses.map((clause): Judged => {
    const polarity = polarityOf(clause);
    return { clause, mentions: find(clause.words), polarity: polarity ?? 'named', isBare: polarity === null };
  });
  handOn(judged);
  handBack(judged);
  applyComparisons(judged);
  return merge(judged.flatMap(featuresOf));
}

/** "I can't open reports, dashboards": what is said stays said in a list; "except" turns it round. */
function handOn(judged: readonly Judged[]): void {
  for (const [at, one] of judged.entries()) {
    const before = judged[at - 1];
    if (!before || !one.isBare || !isListed(one) || isRuledOut(before)) continue;
    if (one.clause.joins === 'and') one.polarity = before.polarity;
    if (one.clause.joins === 'except') one.polarity = opposite(before.polarity);
  }
}

/** "Dashboards, reports and export are locked". */
function handBack(judged: readonly Judged[]): void {
  for (const [back, one] of judged.toReversed().entries()) {
    const after = judged[judged.length - back];
    const isOpen = one.isBare && one.polarity === 'named' && isListed(one);
    if (after && isOpen && after.clause.joins === 'and' && after.mentions.length > 0 && !isRuledOut(after))
      one.polarity = after.polarity;
  }
}

/** "My teammate can use reports, I can't". */
function applyComparisons(judged: readonly Judged[]): void {
  for (const [at, one] of judged.entries()) {
    const before = judged[at - 1];
    const isComparison = one.mentions.length === 0 && one.polarity === 'blocked' && isOfWriter(one.clause);
    if (before && isComparison && before.polarity === 'works' && !isOfWriter(before.clause))
      before.polarity = 'blocked';
  }
}

/** A member of a list has nothing but a name, and a word or two to it. */
function isListed({ clause, mentions }: Judged): boolean {
  const named = mentions.reduce((sum, { start, end }) => sum + end - start, 0);
  const isCutShort = CUT_SHORT.has(clause.words.at(-1) ?? '');
  return mentions.length > 0 && !isCutShort && clause.words.length - named <= 3;
}

function isRuledOut({ clause, mentions }: Judged): boolean {
  return mentions.some(({ start }) => isExcluded(clause.words, start));
}

function featuresOf({ clause, mentions, polarity }: Judged): NamedFeature[] {
  return mentions.map(({ slug, start }) => ({
    slug,
    polarity: isExcluded(clause.words, start) ? 'excluded' : polarity,
  }));
}

function merge(all: readonly NamedFeature[]): NamedFeature[] {
  const features = new Map<string, Polarity>();
  for (const { slug, polarity } of all) {
    const before = features.get(slug);
    if (before === undefined || WEIGHT[polarity] > WEIGHT[before]) features.set(slug, polarity);
  }
  return [...features].map(([slug, polarity]) => ({ slug, polarity }));
}
