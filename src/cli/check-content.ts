import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentFolder } from '../config.ts';
import { contentContract } from '../../dialogs/content-contract.ts';
import { checkContent } from '../knowledge/check.ts';
import { loadContent } from '../knowledge/load.ts';
import { lineOf } from '../knowledge/yaml-file.ts';
import { checkBalance } from '../language/check-balance.ts';
import { checkUtterances } from '../language/check-utterances.ts';
import { createClassifier } from '../language/classifier.ts';
import { trainModel } from '../language/train-model.ts';

/** `npm run content:check`: every error in `content/` with file and line; exit code 1 if there is one. */
const loaded = loadContent(contentFolder);
const { articles, causes, intents } = loaded.content;
const misplaced = checkContent(contentFolder, loaded, contentContract);
// Trained here and now: a model that was kept might be of other words.
const problems = misplaced.length > 0 ? misplaced : [...checkMeanings(), ...checkFrames()];
for (const { file, line, message } of problems) console.log(`content/${file}:${line}: ${message}`);
const utterances = intents.reduce((sum, intent) => sum + intent.utterances.length, 0);
const counted = `${articles.size} articles, ${causes.size} causes, ${utterances} utterances`;
console.log(problems.length === 0 ? `content is fine: ${counted}` : `${problems.length} errors in content`);
process.exitCode = problems.length === 0 ? 0 : 1;

function checkMeanings() {
  return checkUtterances(intents, createClassifier(trainModel(intents))).map(({ intent, index, message }) => {
    const file = `intents/${intent.slug}${intent.subIntent === null ? '' : `/${intent.subIntent}`}.yaml`;
    const line = lineOf(readFileSync(join(contentFolder, file), 'utf8'), ['utterances', index]);
    return { file, line, message };
  });
}

/** Where the lines are to be written that are missing. */
function checkFrames() {
  return checkBalance(intents).map(({ frame, inside, outside }) => ({
    file: 'intents/other/near-miss.yaml',
    line: 1,
    message: `"${frame}" is in ${inside} complaints about access and in only ${outside} other lines: write others, here or in another intent, until they are half as many`,
  }));
}
