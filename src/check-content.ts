import { contentFolder } from './config.ts';
import { expected } from './expected.ts';
import { checkContent } from './knowledge/check.ts';
import { loadContent } from './knowledge/load.ts';

/** `npm run content:check`: every error in `content/` with file and line; exit code 1 if there is one. */
const loaded = loadContent(contentFolder);
const problems = checkContent(contentFolder, loaded, expected);
for (const { file, line, message } of problems) console.log(`content/${file}:${line}: ${message}`);
const { articles, causes, intents } = loaded.content;
const utterances = intents.reduce((sum, intent) => sum + intent.utterances.length, 0);
const counted = `${articles.size} articles, ${causes.size} causes, ${utterances} utterances`;
console.log(problems.length === 0 ? `content is fine: ${counted}` : `${problems.length} errors in content`);
process.exitCode = problems.length === 0 ? 0 : 1;
