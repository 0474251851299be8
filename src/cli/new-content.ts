import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { contentFolder } from '../config.ts';
import { withPlaces } from '../knowledge/leftovers.ts';
import { readCatalog } from '../knowledge/lists.ts';
import { plainName } from '../knowledge/places.ts';
import { mindClosedPipe } from './closed-pipe.ts';

const usage = 'npm run content:new -- <folder> --company "Northwind Notes"';
const template = resolve(import.meta.dirname, 'first-content');
/** It tells of a feature of our demo's; an empty file takes it away. */
const demoArticle = 'articles/export-your-data.md';
/** What our articles say of what our demo counts, and the same of whatever a company counts. */
const ofMeters: Readonly<Record<string, string>> = {
  'Monthly Token Limit Reached': 'Monthly Limit Reached',
  'monthly token or usage allowance': 'monthly usage allowance',
  'need more tokens or': 'need more usage or',
  'Your usage of tokens and API calls is': 'Your usage is',
  'counts on your monthly API calls': 'may count on a monthly limit',
};

/** Writes a commented start of a company's own words. Throws, and writes nothing, where the folder is not empty. */
export function newContent(folder: string, company: string): string[] {
  const { error } = plainName.safeParse(company);
  if (error) throw new Error(`--company ${error.issues[0]?.message ?? ''}`);
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new Error(`${folder} is not empty: nothing was written`);
  const files = [...templates(company), ...articlesOfEverybody(), [demoArticle, ''] as const];
  for (const [file, text] of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return files.map(([file]) => file);
}

function templates(company: string): [string, string][] {
  return readdirSync(template).map((file) => {
    const text = readFileSync(join(template, file), 'utf8');
    return [file, file === 'brand.yaml' ? text : text.replaceAll('{{company}}', () => company)];
  });
}

/** Our articles that send customers somewhere, to where it is in the company's product, and those that name what we count. */
function articlesOfEverybody(): [string, string][] {
  const text = readFileSync(join(contentFolder, 'catalog.yaml'), 'utf8');
  const places = readCatalog(text, { file: 'catalog.yaml', at: () => undefined })?.places ?? {};
  return readdirSync(join(contentFolder, 'articles')).flatMap((file): [string, string][] => {
    const ours = readFileSync(join(contentFolder, 'articles', file), 'utf8');
    const written = Object.entries(ofMeters).reduce(
      (text, [demo, theirs]) => text.replaceAll(demo, theirs),
      withPlaces(ours, places),
    );
    return written === ours ? [] : [[`articles/${file}`, written]];
  });
}

if (import.meta.main) {
  mindClosedPipe({ ends: false });
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options: { company: { type: 'string' } } });
    const [folder, ...others] = positionals;
    if (folder === undefined || others.length > 0 || values.company === undefined) throw new Error(`usage: ${usage}`);
    for (const file of newContent(folder, values.company)) console.log(join(folder, file));
    console.log(`\nNext: npm run content:check -- ${folder}, then set CONTENT_DIR=${folder}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
