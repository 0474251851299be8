import type { Catalog } from '../src/domain/catalog.ts';
import type { RecognizerResult } from '../src/domain/recognition.ts';
import type { Verdict } from '../src/domain/verdict.ts';
import { isQuestion } from '../src/language/is-question.ts';
import { diagnose, nothingBlocks } from '../src/diagnosis/diagnose.ts';
import { look, type LookNeeds } from './account.ts';
import { isBlocked } from './account.ts';
import type { Turn } from './turn.ts';

/** A feature is asked for only when nothing is proved without one and the account could be read at all. */
export function needsFeature({ memory }: Turn, verdict: Verdict): boolean {
  return !verdict.primary && verdict.feature === null && memory.snapshot?.entitlements.known === true;
}

/** Tells what holds for the whole account, then asks which feature it was. */
export function askFeature(turn: Turn, asked: number): void {
  if (asked > 0) {
    turn.say('which-feature-again', {}, { kind: 'choice' });
    return;
  }
  const { snapshot, verdict } = turn.memory;
  const possible = verdict && turn.words.possible(verdict);
  const status = snapshot && turn.words.accountStatus(snapshot);
  const told = [status, possible].filter((text) => text !== null);
  if (told.length > 0) turn.reply(told.join('\n\n'));
  turn.say(possible === null ? 'which-feature' : 'which-of-them', {}, { kind: 'choice' });
}

const mostWordsOfAName = 3;

/** What an answer to "which feature?" is. */
export function readsAs({
  intent,
  entities,
  text,
}: RecognizerResult): 'feature' | 'everything' | 'objection' | 'none' | 'unclear' | 'another' {
  if (entities.feature !== null) return 'feature';
  if (entities.everything || intent === 'everything') return 'everything';
  if (intent === 'skip' || intent === 'no') return 'none';
  if (intent === 'objection') return 'objection';
  // A sentence that names none tells that they know no better.
  const isShort = text.trim().split(/\s+/).length <= mostWordsOfAName;
  if ((intent === null && isShort && !isQuestion(text)) || intent === 'yes') return 'unclear';
  const isNone = intent === null || intent === 'access-denied' || intent === 'didnt-work';
  return isNone ? 'none' : 'another';
}

/** Of several features that were named, what the account says of those that do not lead. */
export function tellOthers(turn: Turn, catalog: Catalog): void {
  const { complaint, snapshot, verdict } = turn.memory;
  if (!complaint || !snapshot || !verdict) return;
  const others = complaint.features.filter(({ slug, polarity }) => slug !== verdict.feature && polarity === 'blocked');
  const told = others.map(({ slug }) => {
    const about = { feature: catalog.features.find((one) => one.slug === slug) ?? null, catalog };
    const { primary, ...rest } = diagnose(snapshot, about);
    const feature = { feature: slug };
    if (primary && primary.cause === verdict.primary?.cause) return turn.words.line('other-feature-too', { feature });
    if (!primary) return turn.words.line('other-feature-unknown', { feature });
    if (primary.cause === nothingBlocks.slug) return turn.words.line('other-feature-open', { feature });
    return turn.words.line('other-feature', { feature, proof: turn.words.proof(primary, { primary, ...rest }) });
  });
  if (told.length > 0) turn.reply(told.join('\n\n'));
}

/** What a dialog looks at. */
interface Place {
  feature: string | null;
}

/** Of several features that were named the first that is blocked leads; a look without one is at the whole account. */
export async function lookAtBlocked(turn: Turn, needs: LookNeeds, saved: Place): Promise<Verdict> {
  const named = turn.memory.complaint?.features ?? [];
  const meant = named.filter(({ polarity }) => polarity === 'blocked' || polarity === 'named').map(({ slug }) => slug);
  const others = meant.filter((slug) => slug !== saved.feature);
  const first = await look(turn, needs, saved.feature);
  if (others.length === 0 || isBlocked(first)) return first;
  for (const feature of others) {
    const verdict = await look(turn, needs, feature);
    if (!isBlocked(verdict)) continue;
    saved.feature = feature;
    if (turn.memory.complaint) turn.memory.complaint = { ...turn.memory.complaint, feature };
    return verdict;
  }
  return look(turn, needs, saved.feature);
}

/** Whether a feature was named that is not the one we looked at: "no, I meant the API". */
export function namesAnother(feature: string | null, before: string | null): boolean {
  return feature !== null && feature !== before;
}

/** "Not the dashboards". */
export function isExcluded({ recognized: { entities } }: Turn, feature: string | null): boolean {
  return entities.features.some(({ slug, polarity }) => slug === feature && polarity === 'excluded');
}

/** What was taken for the feature before was not meant. */
export function noteFeature({ memory, recognized }: Turn, feature: string | null): void {
  const { complaint } = memory;
  if (!complaint) return;
  const named = recognized.entities.features;
  const others = complaint.features.filter(({ slug }) => !named.some((one) => one.slug === slug));
  const meant = others.map((one) => (one.slug === complaint.feature ? { ...one, polarity: 'excluded' as const } : one));
  memory.complaint = { ...complaint, feature, features: [...meant, ...named] };
}
