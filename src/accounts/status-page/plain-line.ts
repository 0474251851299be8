import { truncate } from '../../domain/truncate.ts';

const longest = 120;

/**
 * A text of somebody else as one plain line of at most 120 characters: without control and invisible characters, and
 * without all that our Markdown would draw, links and addresses included.
 */
export function plainLine(text: string): string {
  const plain = text
    .normalize('NFC')
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .replace(/[*_`~[\]<>{}|\\]+/g, ' ')
    .replace(/:\/\/|\bwww\.|@/gi, ' ')
    .replace(/ +/g, ' ')
    .trim()
    .replace(/^((#+|[-+=]+|\d{1,9}[.)])( |$))+/, '');
  const letters = Array.from(plain);
  if (letters.length <= longest) return plain;
  const room = letters.slice(0, longest - 1).join('').length;
  return `${truncate(plain, room).trimEnd()}…`;
}
