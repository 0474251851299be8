import type { Match } from './plain.ts';

/** First digits and lengths by brand, from the brands' published ranges. */
const brands: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^4/, [13, 16, 19]], // Visa
  [/^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]], // Mastercard
  [/^3[47]/, [15]], // American Express
  [/^(30[0-59]|3[689])/, [14]], // Diners Club
  [/^35(2[89]|[3-8])/, [16]], // JCB
  [/^(6011|64[4-9]|65)/, [16, 19]], // Discover
  [/^62/, [16, 17, 18, 19]], // UnionPay
  [/^(5018|5020|5038|5893|6304|6759|676[1-3])/, [13, 14, 15, 16, 17, 18, 19]], // Maestro
  [/^(220[0-4]|508[5-9]|60(69|[78])|8[12]|9792)/, [16]], // Mir, RuPay, Troy
];
const longest = 19;

/** Digits that are no card although they look like parts of one: a UUID, a day, an IPv4 address. */
const kept = [
  String.raw`(?=[\d-]{0,35}[a-f])[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}`,
  String.raw`(?<!\d[-./]?)(?:19|20)\d\d(?<ymd>[-./])(?:0[1-9]|1[0-2])\k<ymd>(?:0[1-9]|[12]\d|3[01])(?![-./]?\d)`,
  String.raw`(?<!\d[-./]?)(?:0?[1-9]|[12]\d|3[01])(?<dmy>[-./])(?:0?[1-9]|[12]\d|3[01])\k<dmy>(?:19|20)\d\d(?![-./]?\d)`,
  String.raw`(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])`,
];
const groupOrKept = new RegExp(`(${kept.join('|')})|\\d{1,20}`, 'gi');
const separators = /^[^\p{L}\p{N}[\]]{1,5}$/u;
/** What stands between two numbers rather than inside one. */
const betweenNumbers = /[,;|&+].|.[,;|&+]/;

interface Group {
  readonly start: number;
  /** The start again, where these digits are in no card. */
  readonly end: number;
  /** What stands between the group before and this one; null where no card goes on. */
  readonly gap: string | null;
}

/** Card numbers in a plain text: 13 to 19 digits with any separators, of a known brand, with Luhn's check digit. */
export function findCards(plain: string): readonly Match[] {
  const groups = groupsIn(plain);
  const found: Match[] = [];
  for (let i = 0; i < groups.length;) {
    const card = cardFrom(plain, groups, i);
    if (card !== null) found.push(card.finding);
    i = card?.next ?? i + 1;
  }
  return found;
}

function groupsIn(plain: string): readonly Group[] {
  const groups: Group[] = [];
  let [before, runEnd] = [0, -1];
  for (const { 0: digits, 1: noCard, index } of plain.matchAll(groupOrKept)) {
    const end = index + digits.length;
    const tooLong = digits.length > longest || index === runEnd;
    const gap = index - before <= 5 ? plain.slice(before, index) : '';
    const inCard = noCard === undefined && !tooLong;
    groups.push({ start: index, end: inCard ? end : index, gap: inCard && separators.test(gap) ? gap : null });
    before = end;
    runEnd = tooLong && noCard === undefined ? end : -1;
  }
  return groups;
}

/** The longest card that begins with this group. */
function cardFrom(plain: string, groups: readonly Group[], first: number): { finding: Match; next: number } | null {
  const start = groups[first]?.start ?? 0;
  if (!/[2-689]/.test(plain[start] ?? '')) return null;
  let card: { finding: Match; next: number } | null = null;
  let digits = '';
  for (let i = first; i < groups.length; i++) {
    const group = groups[i];
    if (group === undefined || group.end === group.start || (i > first && group.gap === null)) break;
    digits += plain.slice(group.start, group.end);
    if (digits.length > longest) break;
    if (!isCard(digits)) continue;
    const parts = groups.slice(first, i + 1);
    if (!inOnePiece(parts.slice(1)) || isDialled(plain[start - 1], parts, digits)) continue;
    const label = `[card number removed, ends in ${digits.slice(-4)}]`;
    card = { finding: { start, end: group.end, kind: 'card-number', label }, next: i + 1 };
  }
  return card;
}

function isCard(digits: string): boolean {
  if (digits.length < 13) return false;
  return brands.some(([first, lengths]) => lengths.includes(digits.length) && first.test(digits)) && luhn(digits);
}

function inOnePiece(afterFirst: readonly Group[]): boolean {
  return (
    !afterFirst.some(({ gap }) => betweenNumbers.test(gap ?? '')) ||
    new Set(afterFirst.map(({ gap }) => gap)).size === 1
  );
}

/** E.164 numbers have up to 15 digits; without "+", a German or Austrian mobile number is as long as an old Visa. */
function isDialled(before: string | undefined, parts: readonly Group[], digits: string): boolean {
  if (before === '+') return digits.length <= 15;
  const sizes = parts.map(({ start, end }) => end - start);
  return /^4[39]\d{11}$/.test(digits) && sizes[0] === 2 && (sizes.at(-1) ?? 0) >= 4;
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits.at(-1 - i));
    sum += i % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
  }
  return sum % 10 === 0;
}
