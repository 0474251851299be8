import { noEntities, type Heard } from '../src/domain/heard.ts';
import type { Recognizer, Wire } from '../src/domain/ports.ts';
import type { Action } from '../src/domain/reply.ts';

/** An answer that was asked for may be less plain than words out of the blue. */
const answers = ['yes', 'no', 'done', 'worked'];
const plainEnough = 0.35;

/** What an activity means: the button that was offered, if its words were sent; otherwise what is recognized. */
export async function hear(activity: Wire, offered: readonly Action[], recognizer: Recognizer): Promise<Heard> {
  const text = typeof activity.text === 'string' ? activity.text : '';
  const pressed = offered.find((action) => folded(action.label) === folded(text));
  if (!pressed) return text.trim() === '' ? none(text) : asAnswer(await recognizer.recognize(text), offered);
  const [kind = '', slug] = pressed.means.split(':');
  const certain = { ...none(text), confidence: 1 };
  return slug === undefined ? { ...certain, intent: kind } : { ...certain, entities: { ...noEntities, [kind]: slug } };
}

/** Nothing was understood, but the likeliest meaning is one of the answers that were asked for. */
function asAnswer(heard: Heard, offered: readonly Action[]): Heard {
  const [likeliest, ...others] = heard.alternatives;
  if (heard.intent !== null || !likeliest || likeliest.confidence < plainEnough) return heard;
  const isAsked = answers.includes(likeliest.intent) && offered.some(({ means }) => means === likeliest.intent);
  return isAsked ? { ...heard, ...likeliest, alternatives: others } : heard;
}

function none(text: string): Heard {
  const nothing = { intent: null, about: null, confidence: 0, entities: noEntities };
  return { text, ...nothing, alternatives: [], also: [], language: null };
}

function folded(text: string): string {
  return text.trim().toLowerCase();
}
