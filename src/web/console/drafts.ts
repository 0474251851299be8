import { storageOr } from '../shared/fallbacks.ts';

/** To the customer, or for colleagues. */
export type Mode = 'reply' | 'note';

/** What was begun on a ticket and not sent; an id belongs to one text, so that trying again sends it once. */
export interface Draft {
  readonly mode: Mode;
  readonly reply: string;
  readonly note: string;
  /** The text that was tried, and its id. */
  readonly tried: { readonly id: string; readonly text: string; readonly mode: Mode } | null;
}

/** Nothing was begun. */
export const emptyDraft: Draft = { mode: 'reply', reply: '', note: '', tried: null };

/** What an agent begins is kept where the browser allows it. */
const storage = storageOr(() => sessionStorage);
const key = (number: string): string => `latchkey.console.draft.${number}`;

/** Reads a ticket's draft. */
export function readDraft(number: string): Draft {
  try {
    return { ...emptyDraft, ...(JSON.parse(storage.getItem(key(number)) ?? '{}') as Partial<Draft>) };
  } catch {
    return emptyDraft;
  }
}

/** Keeps a ticket's draft over a reload; where that is forbidden it lasts as long as the page. */
export function keepDraft(number: string, draft: Draft): void {
  try {
    if (draft.reply === '' && draft.note === '') storage.removeItem(key(number));
    else storage.setItem(key(number), JSON.stringify(draft));
  } catch {
    // The field still has it.
  }
}
