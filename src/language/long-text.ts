import type { Entities, RecognizerResult } from '../domain/recognition.ts';
import type { Classifier } from './classifier.ts';
import type { Core } from './core.ts';
import { ACCEPT_THRESHOLD, CONFIRM_THRESHOLD, type RankedIntent } from './rank-intents.ts';
import { wordsOf } from './words.ts';

/** From so many characters on a text is also judged in pieces; a shorter one gains nothing from that. */
const LONG_FROM = 320;
/** Bounds the time. */
const MAX_CHARACTERS = 8_000;
const MAX_PIECES = 160;
const MAX_PAIRS = 24;
/** A line without an end is cut here. */
const LONGEST_PIECE = 300;
const SHORTEST_PIECE = 8;
const SENTENCE_END = /(?<=[.?!])\s+|\n+/u;

/** A piece that is this sure may be half of a denial. */
const HINT_FROM = 0.2;

const COMPLAINT = 'access-denied';
/** What else a long text may be about: said louder than the denial, it is no complaint. */
const RIVALS = ['other-topic', 'sign-in-trouble'];

/** One of many pieces is taken for a denial by chance sooner than a text as a whole. */
const DENIAL_FROM = CONFIRM_THRESHOLD + 0.02;

/** `whole`, or the strongest denial in it where a long text says one among other things: at its top, its end or inside. */
export function hearLongText(whole: RecognizerResult, core: Core, classify: Classifier): RecognizerResult {
  if (whole.text.length < LONG_FROM) return whole;
  const heard = judgedPieces(whole.text, classify);
  const surest = (intents: readonly string[]) =>
    heard.reduce<Surest>(
      (found, { text, best }) =>
        best && intents.includes(best.intent) && best.confidence > found.confidence
          ? { text, confidence: best.confidence }
          : found,
      { text: '', confidence: 0 },
    );
  const [denial, rival] = [surest([COMPLAINT]), surest(RIVALS)];
  if (rival.confidence >= denial.confidence) return whole.intent === null ? asRival(whole, rival, core) : whole;
  if (denial.confidence < DENIAL_FROM) return whole;
  const said = core(denial.text);
  const isLouder = whole.intent !== COMPLAINT || said.confidence > whole.confidence;
  const entities = merge(whole.entities, said.entities);
  return isLouder ? { ...said, text: whole.text, entities } : { ...whole, entities };
}

/** A long text that was understood as nothing is about what one of its pieces says for certain. */
function asRival(whole: RecognizerResult, { text, confidence }: Surest, core: Core): RecognizerResult {
  if (confidence < ACCEPT_THRESHOLD) return whole;
  return { ...core(text), text: whole.text, entities: whole.entities };
}

/** A piece, and how sure it is. */
interface Surest {
  readonly text: string;
  readonly confidence: number;
}

/** A piece of a text, and what it most likely is. */
interface Piece {
  readonly text: string;
  readonly best: RankedIntent | undefined;
}

/** Each sentence or line; and each with the one after it, since a denial may take two, where one of them hints at one. */
function judgedPieces(text: string, classify: Classifier): Piece[] {
  const judge = (piece: string): Piece => ({ text: piece, best: classify(wordsOf(piece))[0] });
  const sentences = sentencesOf(text).map(judge);
  const pairs = sentences.slice(1).flatMap((second, at) => {
    const first = sentences[at];
    return first && (isHint(first) || isHint(second)) ? [`${first.text}\n${second.text}`] : [];
  });
  return [...sentences, ...pairs.slice(0, MAX_PAIRS).map(judge)];
}

function isHint({ best }: Piece): boolean {
  return best !== undefined && best.confidence >= HINT_FROM && [COMPLAINT, ...RIVALS].includes(best.intent);
}

function sentencesOf(text: string): string[] {
  const sentences = text.slice(0, MAX_CHARACTERS).split(SENTENCE_END).flatMap(cut);
  return sentences.filter((one) => one.length >= SHORTEST_PIECE).slice(0, MAX_PIECES);
}

function cut(sentence: string): string[] {
  const parts: string[] = [];
  for (let rest = sentence.trim(); rest !== '';) {
    const space = rest.length > LONGEST_PIECE ? rest.lastIndexOf(' ', LONGEST_PIECE) : -1;
    const end = rest.length <= LONGEST_PIECE ? rest.length : space > 0 ? space : LONGEST_PIECE;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end).trim();
  }
  return parts;
}

/** What the denial names counts; what it leaves open may stand elsewhere in the text. */
function merge(whole: Entities, denial: Entities): Entities {
  const named = new Set(denial.features.map(({ slug }) => slug));
  return {
    feature: denial.feature ?? whole.feature,
    features: [...denial.features, ...whole.features.filter(({ slug }) => !named.has(slug))],
    everything: denial.everything || whole.everything,
    otherPerson: denial.otherPerson ?? whole.otherPerson,
    plan: denial.plan ?? whole.plan,
    meter: denial.meter ?? whole.meter,
    errorCode: denial.errorCode ?? whole.errorCode,
    requestId: denial.requestId ?? whole.requestId,
    time: denial.time ?? whole.time,
  };
}
