import type { RecognizerResult } from '../../../src/domain/recognition.ts';
import type { IntentExamples } from '../../../src/domain/content.ts';
import { trainModel } from '../../../src/language/train-model.ts';
import { kinds } from './content.ts';
import { readComplaints, readRows } from './data.ts';
import { percent, shown } from './numbers.ts';
import type { OwnFigure } from './own.ts';
import { recognizerWith } from './recognizer.ts';

type Hear = <T extends { readonly text: string }>(
  some: readonly T[],
) => Promise<(T & { readonly heard: RecognizerResult })[]>;

/** CLINC150's names of what our utility intents mean. */
const utilities: Readonly<Record<string, string>> = {
  greeting: 'greeting',
  thank_you: 'thanks',
  yes: 'yes',
  no: 'no',
  cancel: 'cancel',
  repeat: 'repeat',
  what_can_i_ask_you: 'help',
};
const CERTAIN_FROM = 0.75;

/** What our recognizer, trained on content, makes of texts that strangers wrote. */
export async function measureStrangers(intents: readonly IntentExamples[]): Promise<OwnFigure[]> {
  const recognizer = recognizerWith(trainModel(intents));
  const hear: Hear = (some) =>
    Promise.all(some.map(async (one) => ({ ...one, heard: await recognizer.recognize(one.text) })));
  return [await certainFigure(hear), await outsideFigure(hear), ...(await utilityFigures(hear))];
}

/** Those flagged without the confirming question. */
async function certainFigure(hear: Hear): Promise<OwnFigure> {
  const all = await hear(readComplaints());
  const denied = all.filter(({ label }) => label === 'access_denied');
  const other = all.filter(({ label }) => label !== 'access_denied');
  const flaggedOf = (some: typeof all) => some.filter(({ heard }) => isCertain(heard, 'access-denied'));
  const share = (some: typeof all) => shown(percent(flaggedOf(some).length, some.length));
  const hits = flaggedOf(denied);
  const right = hits.filter(({ cause, heard }) => kinds[cause ?? ''] === heard.subIntent).length;
  const near = share(other.filter((one) => one.near_miss));
  return [
    'complaints: flagged for certain (confidence >= 0.75), i.e. without the confirming question',
    `recall ${share(denied)}, near misses ${near}, false alarms ${share(other)}, cause ${shown(percent(right, hits.length))}`,
  ];
}

async function outsideFigure(hear: Hear): Promise<OwnFigure> {
  const all = await hear(readRows('clinc150/oos_test'));
  const share = (intent?: string) =>
    shown(percent(all.filter(({ heard }) => isCertain(heard, intent)).length, all.length));
  return [
    'CLINC150 out-of-scope texts, confidence >= 0.75',
    `flagged ${share('access-denied')}, heard as anything ${share()}`,
  ];
}

async function utilityFigures(hear: Hear): Promise<OwnFigure[]> {
  const all = await hear(readRows('clinc150/test').filter(({ intent }) => intent in utilities));
  const figureOf = (name: string, some: typeof all): OwnFigure => {
    const right = some.filter(({ intent, heard }) => heard.intent === utilities[intent]).length;
    return [name, `${shown(percent(right, some.length))} of ${some.length}`];
  };
  const own = (theirs: string) => all.filter(({ intent }) => intent === theirs);
  const each = Object.entries(utilities).map(([theirs, ours]) => figureOf(`${theirs} as ${ours}`, own(theirs)));
  return [figureOf('utility intents on CLINC150 test, heard right', all), ...each];
}

function isCertain({ intent, confidence }: RecognizerResult, wanted = intent): boolean {
  return intent !== null && intent === wanted && confidence >= CERTAIN_FROM;
}
