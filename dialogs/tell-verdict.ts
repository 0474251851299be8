import { stillPropagating } from '../src/diagnosis/causes/still-propagating.ts';
import { nothingBlocks } from '../src/diagnosis/diagnose.ts';
import { differencesOf } from '../src/diagnosis/differences.ts';
import type { Snapshot } from '../src/domain/snapshot.ts';
import type { Facts, Verdict } from '../src/domain/verdict.ts';
import type { ReplyLine } from '../src/knowledge/reply-lines.ts';
import { couldNotCheck } from '../src/knowledge/wording.ts';
import type { Services } from './services.ts';
import type { Turn } from './turn.ts';

/** Tells the verdict of this look. */
export function tellVerdict(turn: Turn): void {
  const { verdict } = turn.memory;
  if (!verdict) return;
  const { primary } = verdict;
  turn.note('told', { cause: primary?.cause ?? couldNotCheck });
  turn.reply(turn.words.verdict(verdict), verdictBody(turn, verdict));
  turn.shown.push({ article: turn.words.page(primary).article, cause: primary?.cause ?? couldNotCheck });
}

/** After another look: what blocks is the same; `changes` are those since the look before, `looks` those without news. */
export function tellStillThere(turn: Turn, changes: string, looks: number): void {
  const { verdict } = turn.memory;
  if (!verdict?.primary) return;
  const nothing = verdict.primary.cause === nothingBlocks.slug;
  const proof = turn.words.proof(verdict.primary, verdict);
  const facts = { proof, feature: { feature: verdict.feature }, readAt: readAt(turn) };
  const isOnItsWay = verdict.primary.cause === stillPropagating.slug;
  const line = isOnItsWay ? 'still-on-its-way' : nothing ? 'still-nothing' : looks > 1 ? 'unchanged' : 'still-blocked';
  tellMore(turn, line, facts, changes || (looks > 1 ? '' : turn.words.line('nothing-changed')));
}

/** After another look: what blocked is gone, or nothing did, and this is there now. */
export function tellOther(turn: Turn, changes: string, before: Verdict | null): void {
  const cause = turn.memory.verdict?.primary?.cause;
  const isNew = !before?.primary || before.primary.cause === nothingBlocks.slug;
  const line = cause === stillPropagating.slug ? 'no-longer-blocked' : isNew ? 'something-now' : 'something-else';
  const text = [cause !== nothingBlocks.slug && turn.words.line(line), changes].filter(Boolean).join('\n\n');
  if (text !== '') turn.reply(text);
  tellVerdict(turn);
}

/** After another look: what blocked is gone; whether anything else blocks, only a feature tells. */
export function tellGone(turn: Turn, changes: string): void {
  turn.note('gone');
  turn.reply([turn.words.line('no-longer-blocked'), changes].filter(Boolean).join('\n\n'));
}

/** What the account tells differently since it was read last, in one line; empty when nothing does. */
export function changesSince(
  turn: Turn,
  before: Snapshot,
  feature: string | null,
  { catalog }: Pick<Services, 'catalog'>,
): string {
  const { snapshot } = turn.memory;
  const about = catalog.features.find(({ slug }) => slug === feature) ?? null;
  const changes = snapshot ? differencesOf(before, snapshot, about) : [];
  const told = changes.map(({ fact, ...values }) => turn.words.line(`changed-${fact}`, { ...values }));
  return told.length > 0 ? turn.words.line('changed', { changes: told.join(', ') }) : '';
}

/** After another look: nothing blocks any more. */
export function tellAccessIsBack(turn: Turn, changes: string): void {
  const feature = { feature: turn.memory.verdict?.feature ?? null };
  tellMore(turn, 'access-is-back', { feature, readAt: readAt(turn) }, changes);
}

/** A line about the verdict, with what changed below it. */
function tellMore(turn: Turn, key: ReplyLine, facts: Facts, changes: string): void {
  const text = [turn.words.line(key, facts), changes].filter(Boolean).join('\n\n');
  if (turn.memory.verdict) turn.reply(text, verdictBody(turn, turn.memory.verdict));
}

function readAt({ memory }: Turn) {
  return { at: memory.snapshot?.at ?? 0 };
}

function verdictBody(turn: Turn, verdict: Verdict) {
  return { kind: 'verdict', findings: turn.words.findings(verdict) } as const;
}
