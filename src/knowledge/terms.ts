/** The last bits of a place in the index: the word stands in the article’s title, and in its first paragraph. */
export const [IN_TITLE, IN_ANSWER] = [2, 1] as const;

const stopWords = new Set(
  'a about all am an and any are as at be been but by can change could did do does doesn find for from get go had happen has have hi how i if in is it its just know like make me my need no not now of on or our please possible see should so some that the their them there they this to us use want was way we what when where which who why will with work would you your'.split(
    ' ',
  ),
);

/** The words of a text that tell something, without their endings; empty where nothing else is left of one. */
export function termsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !isStopWord(word)).map(stem);
}

function isStopWord(word: string): boolean {
  return stopWords.has(word) || stopWords.has(word.replace(/s$/, ''));
}

function stem(term: string): string {
  return term.replace(/(?:ing|ed|es|e|s)$/, '');
}
