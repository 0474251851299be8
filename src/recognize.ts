import { createInterface } from 'node:readline';
import { contentFolder, readConfig } from './config.ts';
import { loadContent } from './knowledge/load.ts';
import { loadRecognizer } from './load-recognizer.ts';

/** `npm run recognize`: for each line on standard input, one JSON object with what it means. For writers. */
const recognizer = loadRecognizer(loadContent(contentFolder).content, readConfig().dataDir);
for await (const line of createInterface({ input: process.stdin })) {
  const { text, intent, about, confidence, entities } = recognizer.recognize(line);
  const cause = intent === 'access-denied' ? about : null;
  console.log(JSON.stringify({ text, intent, cause, confidence, inScope: intent !== null, entities }));
}
