import type { Contestant, Heard, Row, Trained } from './contestant.ts';
import { likeliest } from './contestant.ts';
import { loadPeer } from './peers.ts';

interface Nlp {
  addDocument(locale: string, text: string, intent: string): void;
  train(): Promise<unknown>;
  process(locale: string, text: string): Promise<{ classifications: { intent: string; score: number }[] }>;
  export(): string;
}

interface Basic {
  dockStart(settings: object): Promise<{ get(name: 'nlp'): Nlp }>;
}

const module = '@nlpjs/basic';
/** Its defaults, which have to be repeated where one of them is changed. */
const defaults = { keepStopwords: true, nonefeatureValue: 1, nonedeltaMultiplier: 1.2, filterZeros: true };

/** nlp.js as its documentation starts it; its own `None` is not heard, its threshold is not used. */
export const nlpJs = nlpContestant('nlp.js', {});

/** With its default rate of 0.6 learning diverges on thousands of rows; more than 60 rounds add little. */
export const nlpJsTuned = nlpContestant('nlp.js tuned', { ...defaults, learningRate: 0.03, iterations: 60 });

function nlpContestant(name: string, network: Readonly<Record<string, number | boolean>>): Contestant {
  const nlp = { languages: ['en'], autoLoad: false, autoSave: false };
  const settings = { nlp, ...(Object.keys(network).length > 0 && { 'nlu-en': { ...network, log: false } }) };
  const train = (rows: readonly Row[]) => trainNlp(rows, settings);
  return { name, ours: false, file: import.meta.filename, modules: [module], train };
}

async function trainNlp(rows: readonly Row[], settings: object): Promise<Trained> {
  const dock = await (loadPeer(module) as Basic).dockStart({ settings, use: ['Basic', 'LangEn'] });
  const nlp = dock.get('nlp');
  for (const { text, intent } of rows) nlp.addDocument('en', text, intent);
  await nlp.train();
  return {
    predict: async (text) => heardIn((await nlp.process('en', text)).classifications),
    bytes: () => Buffer.byteLength(nlp.export()),
  };
}

/** A text without any known word has the score 0 for every intent. */
function heardIn(classifications: readonly { intent: string; score: number }[]): Heard {
  const { intent, score } = likeliest(classifications.map((one) => [one.intent, one.score]));
  return intent === 'None' ? { intent: null, score: -score } : { intent: score === 0 ? null : intent, score };
}
