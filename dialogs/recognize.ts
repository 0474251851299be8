import type { Catalog } from '../src/domain/catalog.ts';
import { noEntities, type RecognizerResult } from '../src/domain/recognition.ts';
import { iso } from '../src/domain/instant.ts';
import type { InboundActivity, Recognizer } from '../src/domain/ports.ts';
import type { Action } from '../src/domain/reply.ts';
import type { Denial } from '../src/domain/subject.ts';

/** An answer that was asked for may be less plain than words out of the blue. */
const answers = ['yes', 'no', 'done', 'worked'];
const plainEnough = 0.35;

/** What an activity means: the button that was offered, if its words were sent; otherwise what is recognized. */
export async function recognizeActivity(
  activity: InboundActivity,
  offered: readonly Action[],
  recognizer: Recognizer,
): Promise<RecognizerResult> {
  const text = activity.type === 'message' ? activity.text : '';
  const pressed = offered.find(({ label, means }) => means !== '' && folded(label) === folded(text));
  if (!pressed) return text.trim() === '' ? none(text) : asAnswer(await recognizer.recognize(text), offered);
  const [kind = '', slug] = pressed.means.split(':');
  const certain = { ...none(text), confidence: 1 };
  return slug === undefined ? { ...certain, intent: kind } : { ...certain, entities: { ...noEntities, [kind]: slug } };
}

/** A denial that the product told of itself means a complaint about it; `words` take the place of the customer's. */
export function recognizeDenial(
  { feature, code, requestId, at }: Denial,
  words: string,
  { features }: Catalog,
): RecognizerResult {
  const known = features.find(({ slug }) => slug === feature)?.slug ?? null;
  const details = { errorCode: code ?? null, requestId: requestId ?? null, time: at === undefined ? null : iso(at) };
  return {
    ...none(words),
    intent: 'access-denied',
    confidence: 1,
    entities: { ...noEntities, ...details, feature: known },
  };
}

/** Nothing was understood, but the likeliest meaning is one of the answers that were asked for. */
function asAnswer(result: RecognizerResult, offered: readonly Action[]): RecognizerResult {
  const [likeliest, ...others] = result.alternatives;
  if (result.intent !== null || !likeliest || likeliest.confidence < plainEnough) return result;
  const isAsked = answers.includes(likeliest.intent) && offered.some(({ means }) => means === likeliest.intent);
  return isAsked ? { ...result, ...likeliest, alternatives: others } : result;
}

function none(text: string): RecognizerResult {
  const nothing = { intent: null, subIntent: null, confidence: 0, entities: noEntities };
  return { text, ...nothing, alternatives: [], also: [], language: null };
}

function folded(text: string): string {
  return text.trim().toLowerCase();
}
