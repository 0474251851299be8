/** What a saved reply can tell of the ticket that it answers, and of whoever answers it. */
export const savedReplyFacts = [
  ...(['customer', 'company', 'plan', 'role', 'feature', 'cause', 'ticket', 'request', 'opens', 'agent'] as const),
] as const;
/** One of the facts above. */
export type SavedReplyFact = (typeof savedReplyFacts)[number];

/** A text of the writers' that agents put into a reply; `shortcut` finds it. */
export interface SavedReply {
  readonly shortcut: string;
  readonly name: string;
  readonly text: string;
}

const place = new RegExp(`\\{\\{(${savedReplyFacts.join('|')})\\}\\}`, 'g');

/** A text with the facts that are there in their places; what is not known stays, to be filled in. */
export function withFacts(text: string, facts: Partial<Readonly<Record<SavedReplyFact, string>>>): string {
  return text.replaceAll(place, (whole, name: SavedReplyFact) => facts[name] ?? whole);
}

/** The names of the places that are not filled in, each once. */
export function unfilledIn(text: string): readonly string[] {
  return [...new Set(Array.from(text.matchAll(place), ([, name = '']) => name))];
}
