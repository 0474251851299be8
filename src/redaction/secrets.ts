import type { Match } from './plain.ts';

/** How a kind of secret is known: what it begins with, what may follow, how much at least. */
interface Kind {
  readonly begins: RegExp;
  /** Only what follows is the secret; the beginning stays. */
  readonly after?: true;
  readonly body: RegExp;
  readonly accepts: (body: string) => boolean;
}

const word = /[A-Za-z0-9_-]/;
const wide = /[A-Za-z0-9_\-.~+/=]/;
const atLeast = (count: number) => (body: string) => body.length >= count;
const starting = (begins: RegExp, count: number): Kind => ({ begins, body: word, accepts: atLeast(count) });

/** The prefixes are the issuers' own. Stripe's pk_ is made to be seen, and stays. */
const kinds: readonly Kind[] = [
  starting(/[sr]k_(?:live|test)_/g, 6),
  { ...starting(/whsec_/g, 8), body: wide },
  starting(/xox[a-z]-|xapp-/g, 8),
  starting(/gh[opsur]_|github_pat_/g, 8),
  starting(/glpat-|(?<![a-z])npm_|shp(?:at|ss)_|dop_v1_|(?<![a-z])pypi-/g, 16),
  starting(/(?<![A-Za-z0-9])(?:AKIA|ASIA)/g, 16),
  starting(/AIza/g, 30),
  { begins: /(?<![A-Za-z0-9])SG\./g, body: /[\w.-]/, accepts: (body) => /^[\w-]{8,100}\.[\w-]{8}/.test(body) },
  { begins: /(?<![A-Za-z])sk-(?:proj-|ant-)?/g, body: word, accepts: (body) => body.length >= 20 && /\d/.test(body) },
  { begins: /eyJ/g, body: /[\w.-]/, accepts: (body) => body.length >= 16 && /.\../.test(body) },
  { begins: /\bbearer[ \t]{1,3}|\bbasic[ \t]{1,3}(?=[A-Za-z0-9+/]{8})/gi, after: true, body: wide, accepts: isRandom },
  {
    begins:
      /(?:api|access|secret|signing|encryption|private|account|license)[ _-]?key|secret|token|credentials?|apikey/gi,
    after: true,
    body: wide,
    accepts: isRandom,
  },
];
/** What may stand between the word and the secret. */
const link =
  /["'`]?(?:\s{0,3}(?:[:=]|=>|->)|\s{1,3}(?:is|are|was|ist|lautet|est|es|é|è))(?:\s{0,3}[:=])?\s{0,3}["'`<]?/iy;
const pem = /-{2,5}BEGIN[A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,10}-{2,5}/g;
const pemEnd = /-{2,5}END[A-Z0-9 ]{0,60}-{2,5}/g;
const label = '[secret removed]';

/** Keys and tokens in a plain text: by their issuers' prefixes, or long and random after a word that says so. */
export function findSecrets(plain: string): readonly Match[] {
  return [...privateKeys(plain), ...kinds.flatMap((kind) => ofKind(plain, kind))];
}

function ofKind(plain: string, { begins, after, body, accepts }: Kind): readonly Match[] {
  const found: Match[] = [];
  let read = 0;
  for (const { 0: begin, index } of plain.matchAll(begins)) {
    // What was read once is not read again: a megabyte of "eyJ" is one run.
    if (index < read) continue;
    const from = bodyStart(plain, index + begin.length, after === true && !/\s$/.test(begin));
    if (from === null) continue;
    let end = from;
    while (end < plain.length && body.test(plain[end] ?? '')) end++;
    read = end;
    while (end > from && plain[end - 1] === '.') end--;
    if (accepts(plain.slice(from, end)))
      found.push({ start: after === true ? from : index, end, kind: 'secret', label });
  }
  return found;
}

function bodyStart(plain: string, at: number, linked: boolean): number | null {
  if (!linked) return at;
  link.lastIndex = at;
  return link.test(plain) ? link.lastIndex : null;
}

/** Sixteen characters of hex or base64: letters and digits, or both cases in a longer run. */
function isRandom(body: string): boolean {
  if (body.length < 16) return false;
  return (/\d/.test(body) && /[a-z]/i.test(body)) || (body.length >= 24 && /[a-z]/.test(body) && /[A-Z]/.test(body));
}

/** A private key that does not end is removed to the end of the text. */
function privateKeys(plain: string): readonly Match[] {
  const found: Match[] = [];
  let end = 0;
  for (const { 0: begin, index } of plain.matchAll(pem)) {
    if (index < end) continue;
    pemEnd.lastIndex = index + begin.length;
    end = pemEnd.test(plain) ? pemEnd.lastIndex : plain.length;
    found.push({ start: index, end, kind: 'secret', label });
  }
  return found;
}
