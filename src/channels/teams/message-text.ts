import { z } from 'zod';
import type { TeamsActivity } from './activity.ts';

const mentionShape = z.object({
  type: z.literal('mention'),
  text: z.string(),
  mentioned: z.object({ id: z.string() }),
});
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };
/** The message itself as HTML, what it quotes, and cards: no files. */
const noFile = /^(?:text\/html|messageReference|application\/vnd\.microsoft\.card\.)/;

/** What was written: without the mention of our bot, and as its author sees it. */
export function wordsOf({ text, entities: told, recipient }: TeamsActivity): string {
  let words = text ?? '';
  for (const one of told ?? []) {
    const mention = mentionShape.safeParse(one);
    if (mention.success && mention.data.mentioned.id === recipient.id && mention.data.text !== '')
      words = words.replaceAll(mention.data.text, ' ');
  }
  return decoded(words.replaceAll(/<\/?at(?: [^<>]{0,100})?>/g, '')).trim();
}

/** How many files came along; they are not fetched. */
export function filesOf({ attachments }: TeamsActivity): number {
  return (attachments ?? []).filter(({ contentType }) => contentType !== '' && !noFile.test(contentType)).length;
}

function decoded(text: string): string {
  return text.replaceAll(/&(amp|lt|gt|quot|#39|nbsp);/g, (whole, name: string) => entities[name] ?? whole);
}
