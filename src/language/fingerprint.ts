import { hash } from 'node:crypto';
import type { IntentExamples } from '../domain/content.ts';

/** Raised whenever words, features, training or the format of a model change: an older file is then another model. */
export const VERSION = 6;

/** Names the model that `intents` would give: use it as the key of a cached model. */
export function fingerprint(intents: readonly IntentExamples[], encoder = ''): string {
  const examples = intents.map(({ slug, subIntent, utterances }) => [slug, subIntent, utterances]);
  return hash('sha256', JSON.stringify([VERSION, encoder, examples]));
}
