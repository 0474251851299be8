import type { Entities } from '../domain/recognition.ts';

/** What support needs to find a failure in its logs. */
export type Details = Pick<Entities, 'errorCode' | 'requestId' | 'time'>;

/** Characters and words that are looked at. Bounds the time. */
const MAX_CHARACTERS = 1_000;
const MAX_TOKENS = 200;

/** An error code, a request id and a time, as they were written. */
export function findDetails(text: string): Details {
  const tokens = text
    .slice(0, MAX_CHARACTERS)
    .split(/[\s,;()[\]{}<>"'“”‘’`*|=]+|:(?=\s|$)|(?<=\p{L}):/u)
    .map((token) => token.replace(/^[.!?#:]{1,9}/u, '').replace(/[.!?]{1,9}$/u, ''))
    .filter(Boolean)
    .slice(0, MAX_TOKENS);
  return { errorCode: findErrorCode(tokens), requestId: findRequestId(tokens), time: findTime(tokens) };
}

const CODE_WORDS = new Set(['error', 'err', 'code', 'status', 'http', 'fehler', 'erreur']);
/** HTTP statuses that people quote as they are; other numbers are codes only after a word that says so. */
const HTTP_DENIALS = new Set(['401', '402', '403', '407', '429', '451']);
const NUMBER = /^\d{3,6}$/u;
/** ERR_ACCESS_DENIED, AADSTS50105, E1001, 0x80070005. */
const CODE = /^(?:[A-Z][A-Z0-9]{0,19}(?:_[A-Z0-9]{1,20}){1,6}|(?:E|ERR|AADSTS|AUTH)-?\d{2,8}|0x[0-9A-Fa-f]{4,16})$/u;
/** LIC-204, E-17: only after a word that says so. */
const CODE_LIKE = /^[A-Za-z]{1,12}[-_]?\d{1,8}$/u;

function findErrorCode(tokens: readonly string[]): string | null {
  const found = tokens.find((token, at) => {
    const told = [1, 2].some((back) => CODE_WORDS.has(tokens[at - back]?.toLowerCase() ?? ''));
    return CODE.test(token) || HTTP_DENIALS.has(token) || (told && (NUMBER.test(token) || CODE_LIKE.test(token)));
  });
  return found ?? null;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;
/** With a digit: `request_forbidden` is the name of an error. */
const PREFIXED = /^(?=.{0,80}\d)(?:req|request|trace|corr|correlation|rid|cf-ray)[-_][\w-]{6,64}$/iu;
const ID = /^(?=.{0,63}\d)[\w.-]{6,64}$/u;
const ID_WORDS = new Set(['request', 'trace', 'correlation', 'reference', 'ref', 'ray', 'incident']);
const ID_NAME = /^(?:request|trace|correlation)-?id$|^ref$/u;
const ID_NOUNS = new Set(['id', 'number', 'no', 'nr']);

function findRequestId(tokens: readonly string[]): string | null {
  const told = tokens.filter((token) => token.toLowerCase() !== 'is');
  const word = (at: number) => told[at]?.toLowerCase() ?? '';
  const isNamed = (at: number) =>
    ID_NOUNS.has(word(at - 1)) ? ID_WORDS.has(word(at - 2)) : ID_NAME.test(word(at - 1));
  const isId = (token: string, at: number) =>
    UUID.test(token) || PREFIXED.test(token) || (isNamed(at) && ID.test(token));
  return told.find(isId) ?? null;
}

const NAMING =
  /(?:\b(?:my|the|with|and)\s)?(?:\b(?:request|trace|correlation|reference|ref|ray|incident)[\s-]?)?(?:\b(?:id|number|no|nr))?[\s:#=]{0,3}(?:is\s)?$/iu;

/** The text without its request id and the words that name it: neither tells what is wanted. */
export function withoutId(text: string, id: string | null): string {
  const at = id === null ? -1 : text.indexOf(id);
  if (id === null || at < 0) return text;
  return `${text.slice(0, at).replace(NAMING, '')} ${text.slice(at + id.length)}`;
}

const STAMP = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d\S{0,20})?$|^\d{1,2}[./]\d{1,2}[./]\d{2,4}$/iu;
const CLOCK = /^\d{1,2}:\d\d(?::\d\d)?(?:[ap]m)?$|^\d{1,2}[ap]m$/iu;
const HALVES = new Set(['am', 'pm', 'utc', 'gmt', 'cet', 'cest', 'est', 'edt', 'pst', 'pdt', 'oclock']);
const DAYS = new Set('yesterday today tonight monday tuesday wednesday thursday friday saturday sunday'.split(' '));
const PARTS = new Set('morning afternoon evening night noon midnight lunchtime weekend'.split(' '));
const SPANS = new Set(
  'second seconds minute minutes min mins hour hours hr hrs day days week weeks month months'.split(' '),
);
const LEADS = new Set(
  'since at on from around about until this last the for past early late a an few couple of'.split(' '),
);
const COUNTS = new Set('one two three four five six seven eight nine ten half'.split(' '));

/** The longest run of words of time, such as "since yesterday at 10:42" or "two hours ago". */
function findTime(tokens: readonly string[]): string | null {
  const runs: string[][] = [];
  let run: string[] = [];
  for (const token of [...tokens, '']) {
    if (isOfTime(token.toLowerCase())) run.push(token);
    else {
      runs.push(withoutLooseEnds(run));
      run = [];
    }
  }
  const best = runs
    .filter(tellsTime)
    .reduce<string[]>((longest, one) => (one.length > longest.length ? one : longest), []);
  return best.length > 0 ? best.join(' ') : null;
}

function isOfTime(word: string): boolean {
  const sets = [HALVES, DAYS, PARTS, SPANS, LEADS, COUNTS];
  return sets.some((set) => set.has(word)) || word === 'ago' || isExact(word) || /^\d{1,2}$/u.test(word);
}

function isExact(word: string): boolean {
  return STAMP.test(word) || CLOCK.test(word);
}

/** "the", "of" or "at" at the end belong to what follows. */
function withoutLooseEnds(run: readonly string[]): string[] {
  const end = run.findLastIndex((word) => !LEADS.has(word.toLowerCase()));
  return run.slice(0, end + 1);
}

/** A month is a period of limits, not a time; a span tells a time only with "ago", "for", "since" or "last". */
function tellsTime(run: readonly string[]): boolean {
  const words = run.map((word) => word.toLowerCase());
  if (words.some((word) => isExact(word) || DAYS.has(word))) return true;
  if (words.some((word) => HALVES.has(word)) && /\d/u.test(words.join(''))) return true;
  if (words.includes('this') || words.includes('last'))
    return words.some((word) => PARTS.has(word) || SPANS.has(word)) && !words.includes('month');
  return words.some((word) => SPANS.has(word)) && words.some((word) => ['ago', 'for', 'since', 'past'].includes(word));
}
