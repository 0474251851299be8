import type { Article, CausePage, Content, Fixer } from '../domain/content.ts';
import type { Action, TellableFinding } from '../domain/reply.ts';
import type { ActionName, ReplyLine } from './reply-lines.ts';
import type { Facts, Finding, Value, Verdict } from '../domain/verdict.ts';
import { iso } from '../domain/instant.ts';
import { fill, type Wording } from './fill.ts';

/** The page that tells a verdict without a lead. */
export const couldNotCheck = 'could-not-check';

/** Puts state into the words of `content/` for one customer. Pure. */
export interface Words {
  line(key: ReplyLine, facts?: Facts): string;
  /** A question of the hand-off. */
  question(key: string): string;
  action(name: ActionName): Action;
  /** Words that always mean one conversation, as if a button with them were there. */
  readonly commands: readonly Action[];
  featureAction(slug: string): Action;
  /** A value as a customer reads it: a plan's name, a grouped number, a time in their zone. */
  value(value: Value): string;
  /** The page of a cause. Throws for a slug without one; the content check finds that first. */
  page(finding: Finding | null): CausePage;
  /** The ids of the steps that fix what a finding tells. */
  steps(finding: Finding | null): readonly string[];
  /** Who can fix what a finding tells. */
  fixer(finding: Finding | null): Fixer;
  proof(finding: Finding, verdict: Verdict): string;
  finding(finding: Finding, verdict: Verdict): TellableFinding;
  /** What is wrong, which fact says so, since when it is known, who fixes it; and what else was found. */
  verdict(verdict: Verdict): string;
  /** How to answer in a language that is not the content's; null where there are no words for it. */
  inLanguage(code: string): { line: string; handOff: Action; ticket(number: string): string } | null;
  /** The content's language. */
  readonly language: string;
  article(slug: string): Article;
  articleUrl(slug: string): string;
}

/** Words for one customer's time zone; `publicUrl` is where article pages are served. */
export function createWords(content: Content, publicUrl: string, zone: string | undefined): Words {
  const { lines, questions, actions, commands } = content.replies;
  const wording: Wording = { catalog: content.catalog, zone, unnamedFeature: lines['unnamed-feature'] ?? '' };
  const put = (template: string, facts: Facts) => fill(template, facts, wording);
  const line = (key: ReplyLine, facts: Facts = {}) => put(lines[key] ?? '', facts);
  const common = (verdict: Verdict): Facts => ({
    feature: { feature: verdict.feature },
    company: content.catalog.company,
  });

  /** The message goes to somebody else, whose time zone is not known. */
  const sendOn = (template: string, lead: Finding, verdict: Verdict): string => {
    const proof = createWords(content, publicUrl, undefined).proof(lead, verdict);
    return fill(template, { ...common(verdict), ...lead.facts, proof }, { ...wording, zone: undefined });
  };

  const isWarning = ({ cause, status, variant }: Finding) =>
    status === 'ruled-out' && Boolean(content.causes.get(cause)?.warns.includes(variant));

  /** What was checked, or could not be, as a list in a sentence. */
  const checksOf = ({ findings }: Verdict, is: Finding['status'], most = Infinity) => {
    const checks = findings.flatMap(({ cause, status }) =>
      status === is ? (content.causes.get(cause)?.checks ?? []) : [],
    );
    if (checks.length <= most) return lists.format(checks);
    const first = checks.slice(0, most).join(', ');
    return line('and-more', { first, count: checks.length - most });
  };

  const words: Words = {
    line,
    commands: Object.entries(commands).flatMap(([means, labels]) => labels.map((label) => ({ label, means }))),
    question: (key) => questions[key] ?? '',
    action: (name) => ({ label: actions[name] ?? '', means: name }),
    featureAction: (slug) => ({ label: words.value({ feature: slug }), means: `feature:${slug}` }),
    value: (value) => put('{{value}}', { value }),
    page: (finding) => required(content.causes, finding?.cause ?? couldNotCheck),
    steps: (finding) => chosen(words.page(finding).steps, finding) ?? [],
    fixer: (finding) => chosen(words.page(finding).fixes, finding) ?? 'us',
    proof(finding, verdict) {
      const page = words.page(finding);
      const sentences = { proved: page.proved, 'ruled-out': page.ruledOut, unknown: { always: page.unknown } };
      const template = (sentences[finding.status] as Readonly<Record<string, string>>)[finding.variant] ?? page.unknown;
      return put(template, { ...common(verdict), ...finding.facts });
    },
    finding(finding, verdict) {
      const { cause, status, source, readAt } = finding;
      return { cause, status, fact: words.proof(finding, verdict), source, readAt: iso(readAt) };
    },
    verdict(verdict) {
      const { primary } = verdict;
      const page = words.page(primary);
      const tell = (findings: readonly Finding[]) => findings.map((one) => words.proof(one, verdict));
      const facts = {
        ...common(verdict),
        ...(primary && { ...primary.facts, proof: words.proof(primary, verdict) }),
        checked: checksOf(verdict, 'ruled-out'),
        unread: checksOf(verdict, 'unknown', mostUnread) || line('your-account'),
      };
      const others = tell(verdict.findings.filter((one) => one.status === 'proved' && one !== primary));
      const warnings = tell(verdict.findings.filter(isWarning));
      const waiting = primary && chosen(page.waiting, primary);
      const read = primary ?? verdict.findings.find((one) => one.status === 'unknown');
      const readAt = read && { source: line(`source-${read.source}`), readAt: { at: read.readAt } };
      return [
        put(page.body, facts),
        others.length > 0 && line('also-found', { findings: others.join(' ') }),
        readAt && line(primary ? 'read-at' : 'tried-at', readAt),
        warnings.length > 0 && line('warning', { warnings: warnings.join(' ') }),
        primary && waiting && put(waiting, { ...common(verdict), ...primary.facts }),
        primary && line(`fixed-by-${words.fixer(primary)}`),
        page.sendOn && primary && sendsOn(words.fixer(primary)) && `> ${sendOn(page.sendOn, primary, verdict)}`,
      ]
        .filter(Boolean)
        .join('\n\n');
    },
    language: content.languages.own,
    inLanguage(code) {
      const other = content.languages.others.get(code);
      if (!other) return null;
      return {
        line: other.line,
        handOff: { label: other.handOff, means: 'hand-off' },
        ticket: (number) => put(other.ticket, { ticket: number }),
      };
    },
    article: (slug) => required(content.articles, slug),
    articleUrl: (slug) => `${publicUrl}/articles/${slug}`,
  };
  return words;
}

const lists = new Intl.ListFormat('en-GB');
/** So many things that could not be checked are named; agents see all of them on the ticket. */
const mostUnread = 4;

/** What a page says for the variant of a finding, or for all. */
function chosen<T>(by: Readonly<Record<string, T>>, finding: Finding | null): T | undefined {
  return by[finding?.variant ?? 'always'] ?? by.always;
}

/** Nobody sends a message to themselves, and we read it here. */
function sendsOn(fixer: Fixer): boolean {
  return fixer !== 'you' && fixer !== 'us';
}

function required<T>(map: ReadonlyMap<string, T>, slug: string): T {
  const found = map.get(slug);
  if (found === undefined) throw new Error(`content has no page "${slug}"`);
  return found;
}
