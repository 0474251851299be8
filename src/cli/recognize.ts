import { createInterface } from 'node:readline';
import { createClassifier } from '../language/classifier.ts';
import { explain } from '../language/explain.ts';
import { ACCEPT_THRESHOLD } from '../language/rank-intents.ts';
import { wordsOf } from '../language/words.ts';
import { readLayers } from '../knowledge/layers.ts';
import { loadContent } from '../knowledge/load.ts';
import { loadModel, loadRecognizer } from '../language/model-file.ts';
import { mindClosedPipe } from './closed-pipe.ts';
import { readConfigOrEnd } from './read-config-or-end.ts';

/**
 * `npm run recognize -- "…"`: one JSON object with what a text means; without one, of each line on standard input;
 * `-- --explain "…"`: which words of a text spoke for what. For writers.
 */
mindClosedPipe({ ends: true });
const { dataDir, contentFolders } = readConfigOrEnd(undefined, { starts: false });
const { content } = loadContent(readLayers(contentFolders));
const args = process.argv.slice(2);
const [option, ...texts] = args;
if (option === '--explain') explainText(texts.join(' '));
else await recognizeLines(option === undefined ? createInterface({ input: process.stdin }) : [args.join(' ')]);

async function recognizeLines(lines: AsyncIterable<string> | Iterable<string>): Promise<void> {
  const recognizer = loadRecognizer(content, dataDir);
  for await (const line of lines) {
    const { text, intent, subIntent, confidence, entities, alternatives, also, language } =
      await recognizer.recognize(line);
    const cause = intent === 'access-denied' ? subIntent : null;
    const inScope = intent !== null;
    const certain = inScope && confidence >= ACCEPT_THRESHOLD;
    const judged = { text, intent, cause, confidence, certain, inScope };
    console.log(JSON.stringify({ ...judged, entities, alternatives, also, language }));
  }
}

function explainText(text: string): void {
  const classify = createClassifier(loadModel(content.intents, dataDir));
  const guesses = classify(wordsOf(text)).slice(0, 3);
  for (const { intent, subIntent, confidence } of guesses)
    console.log(`${confidence.toFixed(2)}  ${subIntent === null ? intent : `${intent}/${subIntent}`}`);
  for (const { word, speaksFor } of explain(classify, text)) {
    const said = Object.entries(speaksFor).map(([intent, weight]) => `${weight > 0 ? '+' : ''}${weight} ${intent}`);
    console.log(`${word.padEnd(16)}${said.join('  ') || 'says nothing'}`);
  }
}
