import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentFolder } from '../../../src/config.ts';
import { readLayers } from '../../../src/knowledge/layers.ts';
import { indexArticles } from '../../../src/knowledge/article-index.ts';
import { loadContent } from '../../../src/knowledge/load.ts';
import { createSearch } from '../../../src/knowledge/search.ts';
import { startLatchkey } from '../contestants/latchkey.ts';
import { temporaryFolder } from '../folders.ts';
import { judged } from '../report.ts';
import { short, steps } from '../scripts.ts';
import { pair } from './pair.ts';

const many = 10_000;
const syllables = 'ba co di fu ga lo mi nu pe ra si to va we zo ter lin mon sur per'.split(' ');
/** Each stands in about a third of the articles, as such words do. */
const common =
  'open settings choose page member report save list field value date filter name export share team rule add remove view data account plan key invite role change user file group search sign email code project time order item billing teammate'.split(
    ' ',
  );
const questions: readonly (readonly [words: string, slug: string])[] = [
  ['how do I get an API key?', 'get-an-api-key'],
  ['how do I invite a teammate?', 'invite-a-teammate'],
  ['how do I export my data?', 'export-your-data'],
];

/** Our articles among 10,000 invented ones beside ours alone: the search by itself, and a turn that asks for one. */
export async function articles(rounds: number): Promise<string[][]> {
  const folder = temporaryFolder();
  invent(folder);
  const [few, all] = [searchOver([contentFolder]), searchOver([contentFolder, folder])];
  const searching = Array.from({ length: rounds }, () => [micros(few.search), micros(all.search)] as const);
  const [ours, large] = [await startLatchkey(), await startLatchkey({ articles: folder })];
  try {
    const script = short('how-to questions', ...questions.map(([words, slug]) => steps.howTo(words, slug)));
    return [
      judged(
        'CPU of a search among 10,000 articles to one among ours',
        searching.map(([a, b]) => b / a),
        null,
      ),
      judged(
        'CPU of a search among 10,000 articles',
        searching.map(([, b]) => b),
        null,
        'µs',
      ),
      judged('CPU of making their index, in the thread that reads them', [all.ms], null, 'ms'),
      ...(await pair('a how-to turn among 10,000 articles to one among ours', [ours, large], script, rounds)),
    ];
  } finally {
    await ours.stop();
    await large.stop();
  }
}

function searchOver(folders: readonly string[]) {
  const { content } = loadContent(readLayers(folders));
  return { search: createSearch(content), ms: cpuMs(() => indexArticles(content.articles)) };
}

/** Microseconds of a search. */
function micros(search: (question: string) => unknown): number {
  const times = 30;
  const ms = cpuMs(() => {
    for (let i = 0; i < times; i += 1) for (const [words] of questions) search(words);
  });
  return (ms * 1_000) / (times * questions.length);
}

/** Of this process, which does nothing else meanwhile. */
function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** Articles like ours in form and length; the same in every run. */
function invent(folder: string): void {
  let seed = 7;
  const pick = <T>(from: readonly T[]): T => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return from[Math.floor((seed / 2 ** 31) * from.length)] as T;
  };
  const made = Array.from({ length: 5_000 }, () => `${pick(syllables)}${pick(syllables)}${pick(syllables)}`);
  const words = (count: number) =>
    Array.from({ length: count }, () => pick(pick([common, made, made, made]))).join(' ');
  mkdirSync(join(folder, 'articles'));
  for (let i = 0; i < many; i += 1) {
    const list = [1, 2, 3, 4].map((n) => `${n}. ${words(5)} {#step-${n}}\n   - ${words(12)}.`);
    const text = `---\ntitle: ${words(4)}\n---\n${words(30)}.\n\n## Steps\n\n${list.join('\n')}\n`;
    writeFileSync(join(folder, 'articles', `invented-${i}.md`), text);
  }
}
