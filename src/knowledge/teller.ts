import type { CausePage, Content, FindingSentences, Fixer } from '../domain/content.ts';
import type { Clock } from '../domain/ports.ts';
import type { Facts, Finding, Value, Verdict } from '../domain/verdict.ts';
import { fill, type Wording } from './fill.ts';
import { orList } from './in-words.ts';
import type { ReplyLine } from './reply-lines.ts';

/** The page that tells a verdict without a lead. */
export const couldNotCheck = 'could-not-check';

/** Who reads: the customer, an agent, or whoever gets the message that the customer sends on. */
export type Reader = 'customer' | 'agents' | 'sent-on';

/** Puts values into sentences of `content/` for one reader. */
export interface Teller {
  readonly put: (template: string, facts: Facts) => string;
  readonly line: (key: ReplyLine, facts?: Facts) => string;
  readonly value: (value: Value) => string;
  /** What every sentence about a verdict may tell. */
  readonly common: (verdict: Verdict) => Facts;
  /** The page of a cause. Throws for a slug without one; the content check finds that first. */
  readonly page: (finding: Finding | null) => CausePage;
  readonly fixer: (finding: Finding | null) => Fixer;
  /** A finding as a sentence; empty where only a feature tells. */
  readonly proof: (finding: Finding, verdict: Verdict) => string;
}

const unnamed = {
  customer: 'unnamed-feature',
  agents: 'unnamed-feature-agents',
  'sent-on': 'unnamed-feature-sent-on',
} as const satisfies Readonly<Record<Reader, ReplyLine>>;

/** What sentences are told with: the words, the reader's time zone (IANA) and the time, each where it is known. */
export interface ForReader {
  readonly content: Content;
  readonly zone: string | undefined;
  readonly clock?: Clock | undefined;
}

/** Sentences in one time zone; `utc`: also in UTC where the zone is another. */
export function createTeller({ content, zone, clock }: ForReader, reader: Reader, utc = false): Teller {
  const { lines } = content.replies;
  const wording: Wording = { catalog: content.catalog, zone, utc, clock, unnamedFeature: lines[unnamed[reader]] ?? '' };
  const teller: Teller = {
    put: (template, facts) => fill(template, facts, wording),
    line: (key, facts = {}) => teller.put(lines[key] ?? '', facts),
    value: (value) => teller.put('{{value}}', { value }),
    // Of a verdict that was stored before windows were told.
    common: ({ feature }) => ({ feature: { feature }, company: content.catalog.company, window: { window: 'month' } }),
    page: (finding) => required(content.causes, finding?.cause ?? couldNotCheck),
    fixer: (finding) => chosen(teller.page(finding).fixes, finding) ?? 'us',
    proof(finding, verdict) {
      if (finding.status === 'needs-feature') return '';
      const template = sentenceOf(teller.page(finding), finding, reader);
      const facts = { ...teller.common(verdict), ...finding.facts };
      return teller.put(template, template.includes('{{spared') ? withSpared(facts, teller) : facts);
    },
  };
  return teller;
}

function sentenceOf(page: CausePage, finding: Finding, reader: Reader): string {
  const own = reader === 'agents' ? sentenceIn(page.forAgents, finding) : null;
  return own ?? sentenceIn(page, finding) ?? page.unknown;
}

function sentenceIn(sentences: FindingSentences, { status, variant }: Finding): string | null {
  if (status === 'proved') return sentences.proved[variant] ?? null;
  if (status === 'possible') return sentences.possible[variant] ?? null;
  return status === 'ruled-out' ? (sentences.ruledOut[variant] ?? null) : sentences.unknown;
}

/** ", not Reports or Dashboards"; nothing where nothing is spared. */
function withSpared(facts: Facts, { line, value }: Teller): Facts {
  const { spared } = facts;
  const slugs = typeof spared === 'object' && 'features' in spared ? spared.features : [];
  const names = orList(slugs.map((feature) => value({ feature })));
  return { ...facts, spared: slugs.length === 0 ? '' : line('spared', { features: names }) };
}

/** What a page says for the variant of a finding, or for all. */
export function chosen<T>(by: Readonly<Record<string, T>>, finding: Finding | null): T | undefined {
  return by[finding?.variant ?? 'always'] ?? by.always;
}

/** What content has under a slug. Throws where it has nothing. */
export function required<T>(map: ReadonlyMap<string, T>, slug: string): T {
  const found = map.get(slug);
  if (found === undefined) throw new Error(`content has no page "${slug}"`);
  return found;
}
