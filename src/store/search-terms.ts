import type { Ticket } from '../domain/ticket.ts';

/** Letters that have no accent to be taken off, or another form at the end of a word. */
const plain: Readonly<Record<string, string>> = { ø: 'o', ł: 'l', đ: 'd', æ: 'ae', œ: 'oe', þ: 'th', ð: 'd', ς: 'σ' };

/** Chinese and Japanese stand without spaces: each sign is a word. */
const sign = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
/** No longer than an index can hold. */
const word = /[\p{L}\p{N}]{1,40}/gu;

/** The words of a text, each once, without case and accents: only letters and digits are in them. */
export function searchTerms(text: string): readonly string[] {
  // A sign that stands for letters, such as ㎞, belongs to no word.
  const words = text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return [...new Set(words.flatMap((one) => folded(one).match(word) ?? []))];
}

function folded(text: string): string {
  return text
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(sign, ' $& ')
    .replaceAll(/[øłđæœþðς]/g, (letter) => plain[letter] ?? letter);
}

/** What a ticket is found by: number, person, company, and what was written. Any member may be missing in a stored one. */
export function termsOfTicket({ number, who, problem, answers }: Partial<Ticket>): string {
  const { subject, account, unverifiedContact, otherPerson } = who ?? {};
  const { words, pasted, feature, errorCode, requestId, topic } = problem ?? {};
  const person = [subject?.name, subject?.email, subject?.userId, subject?.accountId, account];
  const told = [words, pasted, feature, errorCode, requestId, topic, ...(answers ?? []).map(({ answer }) => answer)];
  return searchTerms([number, ...person, unverifiedContact, otherPerson, ...told].join(' ')).join(' ');
}
