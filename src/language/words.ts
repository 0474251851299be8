/** Characters of an utterance that are looked at; what follows is ignored. Bounds the time of every later step. */
const MAX_CHARACTERS = 1_000;
const INVISIBLE = /\p{Cf}|\p{Variation_Selector}/gu;
const TOKEN = /[\p{L}\p{M}]+|\p{N}+|[?!]|\p{Extended_Pictographic}/gu;
const HTTP_ERROR = /^[45]\d\d$/u;

/** The words of an utterance: case-folded, without apostrophes, with addresses, ids and numbers replaced by their kind. */
export function wordsOf(text: string): string[] {
  const folded = text
    .slice(0, MAX_CHARACTERS)
    .normalize('NFKC')
    .slice(0, MAX_CHARACTERS)
    .replace(INVISIBLE, '')
    .replace(/[\u2018\u2019'`]/gu, '')
    .toLowerCase();
  return folded.split(/\s/u).flatMap(wordsOfChunk);
}

function wordsOfChunk(chunk: string): string[] {
  if (chunk.startsWith('http://') || chunk.startsWith('https://') || chunk.startsWith('www.')) return ['<url>'];
  if (chunk.includes('@') && chunk.includes('.')) return ['<mail>'];
  if (chunk.length >= 12 && isId(chunk)) return ['<id>'];
  return (chunk.match(TOKEN) ?? []).map(numberKind);
}

/** Hex strings, request ids and tokens: letters and digits mixed, at least a quarter of them digits. */
function isId(chunk: string): boolean {
  const digits = chunk.replace(/[^0-9]/gu, '').length;
  return digits * 4 >= chunk.length && digits < chunk.length && /[a-z]/u.test(chunk);
}

/** HTTP errors are words of their own; of other numbers only the length counts. */
function numberKind(word: string): string {
  if (!/^\p{N}/u.test(word) || HTTP_ERROR.test(word)) return word;
  return '0'.repeat(Math.min(word.length, 4));
}
