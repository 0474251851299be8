import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Catalog } from '../domain/catalog.ts';
import type { Content, IntentExamples } from '../domain/content.ts';
import { readArticle } from './articles.ts';
import { readCausePage } from './cause-pages.ts';
import { readCatalog, readLanguages, readReplies, readUtterances } from './lists.ts';
import type { ContentError, Report } from './content-error.ts';

const nothingSold: Catalog = { company: '', features: [], plans: [], meters: [] };

/** Content as far as it could be read, with every problem found in its files. */
export interface Loaded {
  readonly content: Content;
  readonly problems: ContentError[];
}

/** Reads the content folder. Never throws for a content error: each is a problem with file and line. */
export function loadContent(folder: string): Loaded {
  const problems: ContentError[] = [];
  const reportFor = (file: string): Report => ({ file, at: (line, message) => problems.push({ file, line, message }) });
  const read = <T>(file: string, reader: (text: string, report: Report) => T) =>
    reader(readFileSync(join(folder, file), 'utf8'), reportFor(file));
  const pages = <T>(kind: string, reader: (slug: string, text: string, report: Report) => T | null) =>
    new Map(
      filesIn(folder, kind, '.md').flatMap((file): [string, T][] => {
        const slug = slugOf(kind, file, '.md');
        const page = read(file, (text, report) => reader(slug, text, report));
        return page ? [[slug, page]] : [];
      }),
    );
  const content: Content = {
    catalog: read('catalog.yaml', readCatalog) ?? nothingSold,
    articles: pages('articles', readArticle),
    causes: pages('causes', readCausePage),
    intents: filesIn(folder, 'intents', '.yaml').flatMap((file) => intentOf(file, read(file, readUtterances))),
    replies: read('replies.yaml', readReplies) ?? {
      lines: {},
      actions: {},
      questions: {},
      topics: {},
      commands: {},
      prompts: [],
    },
    languages: read('languages.yaml', readLanguages) ?? { own: 'en', others: new Map() },
  };
  return { content, problems };
}

function intentOf(file: string, utterances: readonly string[] | null): IntentExamples[] {
  const [slug = '', subIntent = null] = slugOf('intents', file, '.yaml').split('/');
  return utterances ? [{ slug, subIntent, utterances }] : [];
}

function filesIn(folder: string, kind: string, ending: string): string[] {
  return readdirSync(join(folder, kind), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

function slugOf(kind: string, file: string, ending: string): string {
  return file.slice(kind.length + 1, -ending.length);
}
