import { stillPropagating } from '../src/diagnosis/causes/still-propagating.ts';
import { nothingBlocks } from '../src/diagnosis/diagnose.ts';
import { differencesOf } from '../src/diagnosis/differences.ts';
import type { Snapshot } from '../src/domain/snapshot.ts';
import type { Facts, Verdict } from '../src/domain/verdict.ts';
import type { ReplyLine } from '../src/domain/reply-lines.ts';
import { couldNotCheck } from '../src/knowledge/wording.ts';
import type { Services } from './services.ts';
import type { Talk } from './talk.ts';

/** Tells the verdict of this look. */
export function tellVerdict(talk: Talk): void {
  const { verdict } = talk.memory;
  if (!verdict) return;
  talk.reply(talk.words.verdict(verdict), verdictBody(talk, verdict));
  const { lead } = verdict;
  talk.shown.push({ article: talk.words.page(lead).article, cause: lead?.cause ?? couldNotCheck });
}

/** After another look: what blocks is the same; `changes` are those since the look before. */
export function tellStillThere(talk: Talk, changes: string): void {
  const { verdict } = talk.memory;
  if (!verdict?.lead) return;
  const nothing = verdict.lead.cause === nothingBlocks.slug;
  const proof = talk.words.proof(verdict.lead, verdict);
  const facts = { proof, feature: { feature: verdict.feature }, readAt: readAt(talk) };
  tellMore(talk, nothing ? 'still-nothing' : 'still-blocked', facts, changes || talk.words.line('nothing-changed'));
}

/** After another look: what blocked is gone, and this is there now. */
export function tellOther(talk: Talk, changes: string): void {
  const cause = talk.memory.verdict?.lead?.cause;
  const line = cause === stillPropagating.slug ? 'no-longer-blocked' : 'something-else';
  const text = [cause !== nothingBlocks.slug && talk.words.line(line), changes].filter(Boolean).join('\n\n');
  if (text !== '') talk.reply(text);
  tellVerdict(talk);
}

/** What the account tells differently since it was read last, in one line; empty when nothing does. */
export function changesSince(
  talk: Talk,
  before: Snapshot,
  feature: string | null,
  { catalog }: Pick<Services, 'catalog'>,
): string {
  const { snapshot } = talk.memory;
  const about = catalog.features.find(({ slug }) => slug === feature) ?? null;
  const changes = snapshot ? differencesOf(before, snapshot, about) : [];
  const told = changes.map(({ fact, ...values }) => talk.words.line(`changed-${fact}`, { ...values }));
  return told.length > 0 ? talk.words.line('changed', { changes: told.join(', ') }) : '';
}

/** After another look: nothing blocks any more. */
export function tellAccessIsBack(talk: Talk, changes: string): void {
  const feature = { feature: talk.memory.verdict?.feature ?? null };
  tellMore(talk, 'access-is-back', { feature, readAt: readAt(talk) }, changes);
}

/** A line about the verdict, with what changed below it. */
function tellMore(talk: Talk, key: ReplyLine, facts: Facts, changes: string): void {
  const text = [talk.words.line(key, facts), changes].filter(Boolean).join('\n\n');
  if (talk.memory.verdict) talk.reply(text, verdictBody(talk, talk.memory.verdict));
}

function readAt({ memory }: Talk) {
  return { at: memory.snapshot?.at ?? 0 };
}

function verdictBody(talk: Talk, verdict: Verdict) {
  return { kind: 'verdict', findings: verdict.findings.map((one) => talk.words.finding(one, verdict)) } as const;
}
