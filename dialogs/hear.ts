import type { Entities, Heard } from '../src/domain/heard.ts';
import type { Recognizer, Wire } from '../src/domain/ports.ts';
import type { Action } from '../src/domain/reply.ts';

const nothing: Entities = { feature: null, plan: null, meter: null };

/** What an activity means: the button that was offered, if its words were sent; otherwise what is recognized. */
export function hear(activity: Wire, offered: readonly Action[], recognizer: Recognizer): Heard {
  const text = typeof activity.text === 'string' ? activity.text : '';
  const pressed = offered.find((action) => folded(action.label) === folded(text));
  if (!pressed) return text.trim() === '' ? none(text) : recognizer.recognize(text);
  const [kind = '', slug] = pressed.means.split(':');
  const certain = { ...none(text), confidence: 1 };
  return slug === undefined ? { ...certain, intent: kind } : { ...certain, entities: { ...nothing, [kind]: slug } };
}

function none(text: string): Heard {
  return { text, intent: null, about: null, confidence: 0, entities: nothing };
}

function folded(text: string): string {
  return text.trim().toLowerCase();
}
