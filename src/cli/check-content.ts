import { contentContract } from '../../dialogs/content-contract.ts';
import { inOneLine } from '../content/checked.ts';
import { checkContent, lineOfUtterance } from '../knowledge/check.ts';
import type { ContentError } from '../knowledge/content-error.ts';
import { readLayers, shownAs } from '../knowledge/layers.ts';
import { leftoversIn } from '../knowledge/leftovers.ts';
import { loadContent, type Loaded } from '../knowledge/load.ts';
import { checkBalance } from '../language/check-balance.ts';
import { checkUtterances } from '../language/check-utterances.ts';
import { createClassifier } from '../language/classifier.ts';
import { lookUpModel } from '../language/model-file.ts';
import { mindClosedPipe } from './closed-pipe.ts';
import { readConfigOrEnd } from './read-config-or-end.ts';

/**
 * `npm run content:check`: every error in the words with file and line, and what may be left of our demo; exit code 1 if there is
 * an error. The words are those of `CONTENT_DIR`, or of the folder that is named, over ours.
 */
mindClosedPipe({ ends: true });
const [named] = process.argv.slice(2);
const settings = named === undefined ? undefined : { CONTENT_DIR: named };
const { contentFolders, dataDir } = readConfigOrEnd(settings, { starts: false });
const layers = readLayers(contentFolders);
const loaded = loadContent(layers);
const { articles, causes } = loaded.content;
const problems = [...checkContent(layers, loaded, contentContract), ...checkMeanings(loaded), ...checkFrames(loaded)];
const leftovers = leftoversIn(layers);
for (const problem of problems) console.log(inOneLine(problem));
for (const leftover of leftovers) console.log(`to look at: ${inOneLine(leftover)}`);
const ours = `${shownAs(contentFolders[0] ?? '')}/`;
if (leftovers.some(({ file }) => file.startsWith(ours)))
  console.log(
    `What is in ${ours} is ours: write a file of your own at the same path, or take ours away with an empty one.`,
  );
const utterances = loaded.intents.reduce((sum, intent) => sum + intent.utterances.length, 0);
const counted = `${counting(articles.size, 'article')}, ${counting(causes.size, 'cause')}, ${counting(utterances, 'utterance')}`;
const toLookAt = leftovers.length > 0 ? `; ${counting(leftovers.length, 'thing')} to look at` : '';
const verdict =
  problems.length === 0 ? `content is fine: ${counted}` : `${counting(problems.length, 'error')} in content`;
console.log(verdict + toLookAt);
process.exitCode = problems.length === 0 ? 0 : 1;

/** Of a company's words only its own are judged: ours are not for it to mend. */
function checkMeanings({ intents, broken }: Loaded): ContentError[] {
  if ([...broken].some((path) => path.startsWith('intents/'))) return [];
  const judged = [...(layers.at(-1)?.files.values() ?? [])];
  return checkUtterances(intents, createClassifier(lookUpModel(intents, dataDir))).flatMap(
    ({ intent, index, message }) => {
      const { file, utterances } = intents.find((one) => one === intent) ?? {};
      if (!file || !judged.includes(file)) return [];
      return { file: file.shown, line: lineOfUtterance(file, utterances?.[index] ?? '', index), message };
    },
  );
}

/** Where the lines are to be written that are missing. */
function checkFrames({ intents }: Loaded): ContentError[] {
  return checkBalance(intents).map(({ frame, inside, outside }) => ({
    file: 'content/intents/other/near-miss.yaml',
    line: 1,
    message: `"${frame}" is in ${inside} complaints about access and in only ${outside} other lines: write others, here or in another intent, until they are half as many`,
  }));
}

function counting(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}
