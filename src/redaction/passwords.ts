import type { Match } from './plain.ts';

const words = [
  'password|passwd|passcode|passphrase|passwort|kennwort|mot de passe|contrase[nñ]a|wachtwoord|hasło|haslo|пароль|senha',
  'l[oö]senord|salasana|adgangskode|密码|密碼|パスワード|비밀번호|(?<![\\p{L}\\p{N}])(?:pwd?|pass|parola)',
].join('|');
const numbers = '(?<![\\p{L}\\p{N}])(?:pin(?:[ -]?(?:code|number|nummer))?|cvv2?|cvc2?|security code)';
const verbs = '(?:is|was|ist|war|lautet|est|es|es:|era|é|è|jest|är|er|on)(?:\\s{1,3}(?:now|still|jetzt|always))?';
const owner = '(?:\\s{1,3}(?:for|of|to|für|zu)\\s{1,3}\\S{1,40}(?:\\s\\S{1,40})?)?';
const link = `(?:${owner}\\s{1,3}${verbs}\\s{0,3}[:=]|${owner}\\s{1,3}${verbs}(?=\\s)|["'\`]?\\s{0,3}(?:=>|[:=])|\\s?[是は])`;

const said = new RegExp(`(?:${words})${link}\\s{0,3}`, 'giu');
const numberSaid = new RegExp(`${numbers}(?:${link}|\\s)\\s{0,3}(?=\\d{3,12}(?![\\p{L}\\d]))`, 'giu');
const inAddress = /:\/\/[^\s/:@]{0,100}:(?=[^\s/@]{1,200}@)/g;

/** What people say of a password instead of saying it. */
const states = new Set(
  (
    'wrong incorrect invalid correct right fine ok okay expired required rejected accepted reset changed new old same ' +
    'weak strong blocked locked missing empty lost forgotten unknown not working broken safe secure stored needed set ' +
    'case-sensitive gone hidden there ' +
    'true false null none undefined falsch richtig abgelaufen ungültig gesperrt vergessen neu weg korrekt nötig nicht ' +
    'incorrecte invalide expiré oublié incorrecta inválida caducada correcta it this that what how'
  ).split(' '),
);
const placeholder = /\[(?:card number|secret|IBAN|password) removed/y;
const label = '[password removed]';

/** Passwords and PINs in a plain text that are told as such; the words before them stay. */
export function findPasswords(plain: string): readonly Match[] {
  const values = [
    ...valuesAfter(plain, said, (at, words) => valueAt(plain, at, words.includes('='))),
    ...valuesAfter(plain, numberSaid, (at) => runFrom(plain, at, /\d/)),
    ...valuesAfter(plain, inAddress, (at) => runFrom(plain, at, /[^@]/)),
  ];
  return values.map((value) => ({ ...value, kind: 'password', label }));
}

/** The values after these words; words inside a value are part of it. */
function valuesAfter(
  plain: string,
  words: RegExp,
  valueOf: (at: number, words: string) => Value | null,
): readonly Value[] {
  const values: Value[] = [];
  for (const { 0: said, index } of plain.matchAll(words)) {
    if (index < (values.at(-1)?.end ?? 0)) continue;
    const value = valueOf(index + said.length, said);
    if (value !== null) values.push(value);
  }
  return values;
}

interface Value {
  readonly start: number;
  readonly end: number;
}

function valueAt(plain: string, start: number, assigned: boolean): Value | null {
  placeholder.lastIndex = start;
  if (placeholder.test(plain)) return null;
  const quoted = quotedAt(plain, start);
  if (quoted !== null) return quoted;
  const { end } = runFrom(plain, start, assigned ? /[^\s&]/ : /\S/);
  const value = plain.slice(start, end).replace(/[.,;:)"'»]{1,10}$/, '');
  return isPassword(value, plain.slice(start + value.length, end + 5)) ? { start, end: start + value.length } : null;
}

function quotedAt(plain: string, start: number): Value | null {
  const quote = /["'`„“«]/.exec(plain[start] ?? '')?.[0];
  if (quote === undefined) return null;
  const closing = quote === '„' ? /[^“”"\n]/ : quote === '“' ? /[^”"\n]/ : quote === '«' ? /[^»\n]/ : null;
  const { end } = runFrom(
    plain,
    start + 1,
    closing ?? (quote === '"' ? /[^"\n]/ : quote === "'" ? /[^'\n]/ : /[^`\n]/),
  );
  const value = plain.slice(start + 1, end);
  return end > start + 1 && end < plain.length && isPassword(value, '') ? { start: start + 1, end } : null;
}

/** A password is not read further than this. */
const longest = 200;

function runFrom(plain: string, start: number, allowed: RegExp): Value {
  let end = start;
  while (end < plain.length && end - start < longest && allowed.test(plain[end] ?? '')) end++;
  return { start, end };
}

/** A plain word counts only where the sentence ends with it: "is wrong again" and "is asked for twice" say no password. */
function isPassword(value: string, next: string): boolean {
  const bare = value.replace(/[!?]{1,10}$/, '');
  if (bare.length < 3 || /^[*•·.x_-]+$/i.test(bare) || states.has(bare.toLowerCase())) return false;
  if (!/^[\p{L}'’-]+$/u.test(bare)) return true;
  return /^[)"']?(?:[.,;!?\n]|$)|^ (?:and|but|und|aber|et|y)\b/u.test(next);
}
