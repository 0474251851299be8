import type { Article, CausePage, Content, Fixer, Topic } from '../domain/content.ts';
import { iso } from '../domain/instant.ts';
import type { Clock } from '../domain/ports.ts';
import type { Action, TellableFinding } from '../domain/reply.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import type { Facts, Finding, Value, Verdict } from '../domain/verdict.ts';
import { accountStatusInWords } from './account-status.ts';
import type { ActionName, ReplyLine } from './reply-lines.ts';
import { chosen, createTeller, required } from './teller.ts';
import { createVerdictWords, type VerdictWords } from './verdict-words.ts';

export { couldNotCheck } from './teller.ts';

/** Who reads words: customers are spoken to, agents read of them. */
export type Audience = 'customer' | 'agents';

/** Puts state into the words of `content/` for one customer, or for agents. Pure. */
export interface Words extends VerdictWords {
  line(key: ReplyLine, facts?: Facts): string;
  /** A question of the hand-off. */
  question(key: string): string;
  action(name: ActionName): Action;
  /** What is no denial. Throws for a slug without one; the content check finds that first. */
  topic(slug: string): Topic;
  /** Words that always mean one conversation, as if a button with them were there. */
  readonly commands: readonly Action[];
  featureAction(slug: string): Action;
  /** A value as a customer reads it: a plan's name, a grouped number, a time in their zone. */
  value(value: Value): string;
  /** The page of a cause. Throws for a slug without one; the content check finds that first. */
  page(finding: Finding | null): CausePage;
  /** The ids of the steps that fix what a finding tells. */
  steps(finding: Finding | null): readonly string[];
  /** A cause as agents call it, and what is looked at for it, in a word. */
  causeName(slug: string): string;
  causeLabel(slug: string): string;
  /** What an agent should do next about what a finding tells. */
  agentNext(finding: Finding | null): string;
  /** Who can fix what a finding tells. */
  fixer(finding: Finding | null): Fixer;
  proof(finding: Finding, verdict: Verdict): string;
  finding(finding: Finding, verdict: Verdict): TellableFinding;
  /** Everything that is told of a verdict, in its order: not what only a feature tells. */
  findings(verdict: Verdict): readonly TellableFinding[];
  /** Whether waiting helps, and until when; of several things that block, what it takes. Empty where that is not told. */
  waiting(verdict: Verdict): string;
  /** What the account says of itself without a feature: plan, billing, role, seat, recent changes. Null: nothing was read. */
  accountStatus(snapshot: Snapshot): string | null;
  /** How to answer in a language that is not the content's; null where there are no words for it. */
  inLanguage(code: string): { line: string; handOff: Action; ticket(number: string): string } | null;
  /** The content's language. */
  readonly language: string;
  article(slug: string): Article;
  /** Null: there is no such article. */
  articleTitle(slug: string): string | null;
  articleUrl(slug: string): string;
}

/** Words for one time zone; `publicUrl` is where article pages are served; by `clock` a year is told where it is another. */
export function createWords(
  content: Content,
  publicUrl: string,
  zone: string | undefined,
  audience: Audience,
  clock?: Clock,
): Words {
  const to = { content, zone, clock };
  const { questions, actions, commands } = content.replies;
  const topics = new Map(Object.entries(content.replies.topics));
  const teller = createTeller(to, audience);
  const words: Words = {
    ...createVerdictWords(to, audience),
    line: teller.line,
    commands: Object.entries(commands).flatMap(([means, labels]) => labels.map((label) => ({ label, means }))),
    question: (key) => questions[key] ?? '',
    topic: (slug) => required(topics, slug),
    action: (name) => ({ label: actions[name] ?? '', means: name }),
    featureAction: (slug) => ({ label: teller.value({ feature: slug }), means: `feature:${slug}` }),
    value: teller.value,
    page: teller.page,
    steps: (finding) => chosen(teller.page(finding).steps, finding) ?? [],
    causeName: (slug) => required(content.causes, slug).name,
    causeLabel: (slug) => required(content.causes, slug).label ?? required(content.causes, slug).name,
    agentNext: (finding) => chosen(teller.page(finding).agentNext, finding) ?? '',
    fixer: teller.fixer,
    proof: teller.proof,
    finding(finding, verdict) {
      const { cause, status, source, readAt } = finding;
      return { cause, status, fact: teller.proof(finding, verdict), source, readAt: iso(readAt) };
    },
    findings: (verdict) =>
      verdict.findings.filter(({ status }) => status !== 'needs-feature').map((one) => words.finding(one, verdict)),
    waiting(verdict) {
      const { primary } = verdict;
      // Of several things that block, each has to be waited for.
      const proved = verdict.findings.filter(({ status }) => status === 'proved');
      if (proved.length > 1) return words.wayOut(verdict) ?? '';
      const waiting = primary && chosen(teller.page(primary).waiting, primary);
      return waiting ? teller.put(waiting, { ...teller.common(verdict), ...primary.facts }) : '';
    },
    accountStatus: (snapshot) => accountStatusInWords(snapshot, createTeller(to, audience, true)),
    language: content.languages.own,
    inLanguage(code) {
      const other = content.languages.others.get(code);
      if (!other) return null;
      return {
        line: other.line,
        handOff: { label: other.handOff, means: 'hand-off' },
        ticket: (number) => teller.put(other.ticket, { ticket: number }),
      };
    },
    article: (slug) => required(content.articles, slug),
    articleTitle: (slug) => content.articles.get(slug)?.title ?? null,
    articleUrl: (slug) => `${publicUrl}/articles/${slug}`,
  };
  return words;
}
