import type { RemovedKind } from '../domain/activity.ts';

/** A place in a plain text that must not be stored, and what stands there instead. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly kind: RemovedKind;
  readonly label: string;
}

/** A text as the finders read it, and where its characters stand in the text as it was written. */
export interface Plain {
  readonly text: string;
  /** Where the character at this index begins in the written text. */
  startOf(index: number): number;
  /** Where the character before this index ends in the written text. */
  endOf(index: number): number;
}

const invisible = /^[\p{Default_Ignorable_Code_Point}\p{Cf}]$/u;
const mark = /^\p{M}$/u;
const digit = /^\p{Nd}$/u;

/**
 * The text in NFKC, character by character: every script's digits as 0-9, every dash as "-", every space but a line's
 * end as " ", without marks and without what cannot be seen.
 */
export function plainOf(written: string): Plain {
  // eslint-disable-next-line no-control-regex
  if (/^[\x00-\x7f]*$/.test(written)) return { text: written, startOf: (index) => index, endOf: (index) => index };
  const forms = new Map<string, string>();
  const [starts, ends]: [number[], number[]] = [[], []];
  let [text, at] = ['', 0];
  for (const character of written) {
    const form = forms.get(character) ?? plainForm(character);
    forms.set(character, form);
    const end = at + character.length;
    // A mark is part of the character it stands on: a keycap goes with its digit.
    if (mark.test(character) && ends.length > 0) ends[ends.length - 1] = end;
    for (let units = form.length; units > 0; units--) {
      starts.push(at);
      ends.push(end);
    }
    text += form;
    at = end;
  }
  return { text, startOf: (index) => starts[index] ?? at, endOf: (index) => ends[index - 1] ?? 0 };
}

function plainForm(character: string): string {
  if (character <= '\x7f') return character;
  if (/^\p{Pd}$/u.test(character) || character === '\u2212') return '-';
  if (invisible.test(character) || mark.test(character)) return '';
  const normal = character.normalize('NFKC').replaceAll(/\p{M}/gu, '');
  // One character may stand for eighteen; what is looked for has no such.
  if (normal.length > 4) return character;
  if (digit.test(normal)) return String(valueOf(normal.codePointAt(0) ?? 0));
  return /^[^\S\r\n]+$/.test(normal) ? ' ' : normal;
}

/** Every script's digits stand in ten code points in a row, zero first (Unicode 16, 4.6). */
function valueOf(codePoint: number): number {
  let value = 0;
  while (value < 9 && digit.test(String.fromCodePoint(codePoint - value - 1))) value++;
  return codePoint < 0x80 ? codePoint - 0x30 : value;
}
