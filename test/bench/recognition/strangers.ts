import type { RecognizerResult } from '../../../src/domain/recognition.ts';
import type { IntentExamples } from '../../../src/domain/content.ts';
import { ACCEPT_THRESHOLD } from '../../../src/language/rank-intents.ts';
import { trainModel } from '../../../src/language/train-model.ts';
import { kinds } from './content.ts';
import { readComplaints, readRows, readTalks, type Complaint } from './data.ts';
import { costOf, reactionOf, sharesOf } from './hearing.ts';
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

/** What our recognizer, trained on content, makes of texts that strangers wrote. */
export async function measureStrangers(intents: readonly IntentExamples[]): Promise<OwnFigure[]> {
  const recognizer = recognizerWith(trainModel(intents));
  const hear: Hear = (some) =>
    Promise.all(some.map(async (one) => ({ ...one, heard: await recognizer.recognize(one.text) })));
  return [
    ...(await hearingFigures('messages of strangers', readComplaints(), hear)),
    ...(await hearingFigures('first messages of talks', readTalks(), hear)),
    await outsideFigure(hear),
    ...(await utilityFigures(hear)),
  ];
}

/** What becomes of messages as a support bot answers them, and what that costs those who wrote them. */
async function hearingFigures(name: string, some: readonly Complaint[], hear: Hear): Promise<OwnFigure[]> {
  const all = (await hear(some)).map((one) => ({
    ...one,
    isComplaint: one.label === 'access_denied',
    reaction: reactionOf(one.heard),
  }));
  const others = all.filter(({ isComplaint }) => !isComplaint);
  const near = others.filter((one) => one.near_miss);
  const groups = {
    complaints: all.filter(({ isComplaint }) => isComplaint),
    others,
    'near misses, a customer’s voice': near.filter(({ voice }) => voice !== 'maker'),
    'near misses, a maker’s voice': near.filter(({ voice }) => voice === 'maker'),
  };
  const shares = Object.entries(groups)
    .filter(([, group]) => group.length > 0)
    .map(([group, own]): OwnFigure => [`${name}: ${own.length} ${group}`, sharesOf(own)]);
  return [...shares, [`${name}: cost per message`, costOf(all).toFixed(3)], ...causeFigures(name, groups.complaints)];
}

/** Where the data tells causes. */
function causeFigures(
  name: string,
  complaints: readonly (Complaint & { readonly heard: RecognizerResult })[],
): OwnFigure[] {
  const told = complaints.filter(({ cause, heard }) => cause !== null && heard.intent === 'access-denied');
  const right = told.filter(({ cause, heard }) => kinds[cause ?? ''] === heard.subIntent);
  return told.length === 0 ? [] : [[`${name}: cause right`, shown(percent(right.length, told.length))]];
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
  return intent !== null && intent === wanted && confidence >= ACCEPT_THRESHOLD;
}
