import type { Catalog } from '../src/domain/catalog.ts';
import { noEntities, type RecognizerResult } from '../src/domain/recognition.ts';
import { iso } from '../src/domain/instant.ts';
import type { InboundActivity, Recognizer } from '../src/domain/ports.ts';
import type { Action } from '../src/domain/reply.ts';
import { ACCEPT_THRESHOLD } from '../src/language/rank-intents.ts';
import type { Denial, VerifiedSubject } from '../src/domain/subject.ts';
import type { Asked, Memory } from './memory.ts';

/** An answer that was asked for may be less plain than words out of the blue. */
const answers = ['yes', 'no', 'done', 'worked'];
const plainEnough = 0.35;

/** "The second one", "2", "option 3". */
const ordinal =
  /^(?:the |option |number |no\.? |#)?(1|2|3|4|5|6|7|8|9|first|second|third|fourth|fifth|last)(?: one)?[.!)]?$/;
const ordinals = ['first', 'second', 'third', 'fourth', 'fifth'];

/** What an activity means: the answer to what was asked, where it is one; otherwise what is recognized. */
export async function recognizeActivity(
  activity: InboundActivity,
  { offered, asked }: Pick<Memory, 'offered' | 'asked'>,
  commands: readonly Action[],
  recognizer: Recognizer,
): Promise<RecognizerResult> {
  const text = activity.type === 'message' ? activity.text : '';
  const pressed = pressedOf(folded(text), offered, commands);
  if (pressed) return meaningOf(pressed.means, none(text));
  if (text.trim() === '') return none(text);
  // "?" asks for what was said last.
  if (/^[\s?!.…]+$/.test(text)) return { ...none(text), intent: 'repeat', confidence: 1 };
  return asAnswer(await recognizer.recognize(text), offered, asked);
}

/** The button whose words were sent, or that was counted out. */
function pressedOf(text: string, offered: readonly Action[], commands: readonly Action[]): Action | undefined {
  const named = [...offered, ...commands].find(({ label, means }) => means !== '' && folded(label) === text);
  const counted = ordinal.exec(text)?.[1];
  if (named || counted === undefined) return named;
  if (counted === 'last') return offered.at(-1);
  const at = ordinals.indexOf(counted);
  return offered[at >= 0 ? at : Number(counted) - 1];
}

/** What pressing a button means: an intent, or the value of an entity. */
function meaningOf(means: string, said: RecognizerResult): RecognizerResult {
  const [kind = '', slug] = means.split(':');
  if (slug === undefined) return { ...said, intent: kind, confidence: 1 };
  const features = kind === 'feature' ? [{ slug, polarity: 'named' as const }] : [];
  return { ...said, intent: null, confidence: 1, entities: { ...noEntities, features, [kind]: slug } };
}

/** What the product refused when it opened the chat: signed, or as its page says; undefined: nothing, or the chat was open. */
export function denialToldOf(inbound: InboundActivity, subject: VerifiedSubject | null): Denial | undefined {
  if (inbound.type !== 'event' || inbound.name !== 'opened') return undefined;
  return subject?.denial ?? inbound.denial;
}

/** A denial that the product told of itself means a complaint about it; `words` take the place of the customer's. */
export function recognizeDenial(
  { feature, code, requestId, at }: Denial,
  words: string,
  { features }: Catalog,
): RecognizerResult {
  const known = features.find(({ slug }) => slug === feature)?.slug ?? null;
  const details = { errorCode: code ?? null, requestId: requestId ?? null, time: at === undefined ? null : iso(at) };
  const named = known === null ? [] : [{ slug: known, polarity: 'blocked' as const }];
  return {
    ...none(words),
    intent: 'access-denied',
    confidence: 1,
    entities: { ...noEntities, ...details, feature: known, features: named },
  };
}

/** A yes or a no is about the question that is open; and what was not understood may be one of the answers to it. */
function asAnswer(result: RecognizerResult, offered: readonly Action[], asked: Asked | null): RecognizerResult {
  // "All of it" is no "all done".
  const isPart = result.entities.everything && result.confidence < ACCEPT_THRESHOLD;
  if (isPart) return { ...result, intent: null };
  const likeliest = result.intent === null ? likeliestAnswer(result, offered, asked) : result;
  const means = likeliest.intent === 'yes' ? asked?.yes : likeliest.intent === 'no' ? asked?.no : null;
  if (!means || likeliest.entities.feature !== null) return likeliest;
  return { ...likeliest, intent: means, subIntent: null };
}

function likeliestAnswer(result: RecognizerResult, offered: readonly Action[], asked: Asked | null): RecognizerResult {
  const [likeliest, ...others] = result.alternatives;
  if (!likeliest || likeliest.confidence < plainEnough || !answers.includes(likeliest.intent)) return result;
  const isAsked = asked !== null && (likeliest.intent === 'yes' || likeliest.intent === 'no');
  if (!isAsked && !offered.some(({ means }) => means === likeliest.intent)) return result;
  return { ...result, ...likeliest, alternatives: others };
}

function none(text: string): RecognizerResult {
  const nothing = { intent: null, subIntent: null, confidence: 0, entities: noEntities };
  return { text, ...nothing, alternatives: [], also: [], language: null };
}

function folded(text: string): string {
  return text.trim().toLowerCase();
}
