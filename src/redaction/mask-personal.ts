import { redact } from './index.ts';

const address = /[^\s@<>(),;:"]{1,64}@[^\s@<>(),;:"]{1,255}/gu;
const webAddress = /\b(?:https?:\/\/|www\.)[^\s<>"]{1,2000}/giu;
/** Digits with what people put between them: of a telephone, an account, an invoice, a date. */
const number = /[+(]?\p{Nd}[\p{Nd} ()./:-]{2,40}/gu;
const word = /[\p{L}\p{N}_#-]{4,100}/gu;
/** An error code has three. */
const manyDigits = 4;

/**
 * A text of a customer’s for whoever need not know whose it is: without addresses, without numbers and ids of four digits or
 * more, and without what nobody may store. Names stay: they cannot be told from other words.
 */
export function maskPersonal(text: string): string {
  const unlessFew = (label: string) => (found: string) => (digitsIn(found) < manyDigits ? found : label);
  return redact(text)
    .text.replaceAll(/, ends in \d{4}\]/g, ']')
    .replaceAll(address, '[address removed]')
    .replaceAll(webAddress, '[address removed]')
    .replaceAll(number, (found) => {
      const end = /(?<=\p{Nd})\P{Nd}*$/u.exec(found)?.[0] ?? '';
      return digitsIn(found) < manyDigits ? found : `[number removed]${end}`;
    })
    .replaceAll(word, unlessFew('[number removed]'));
}

function digitsIn(text: string): number {
  return text.match(/\p{Nd}/gu)?.length ?? 0;
}
