import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import type { Article, Content } from '../domain/content.ts';
import { forgetOlder, keepFile } from '../domain/kept-files.ts';

/** Content without an error, under which name it is kept, and the file of what is learned from its utterances. */
export interface Checked {
  readonly content: Content;
  readonly name: string;
  readonly model: string;
}

/** What a file holds. Articles are most of it, and lie in pieces: between two of them others have their turn. */
interface KeptFile {
  readonly content: Omit<Content, 'intents' | 'articles'>;
  readonly articles: readonly Buffer[];
  /** The name of its file. */
  readonly model: string;
}

/** So many articles are read in some milliseconds. */
const PIECE = 200;
/** Beside the content in use that of the change before it, for whoever takes a change back. */
const KEPT = 2;

/**
 * Keeps content that was checked, whole or not at all. Its utterances, most of its words, lie in a file of their own: only who
 * learns from them reads them.
 */
export function keep(dataDir: string, { name, content, model }: Checked): void {
  const { intents, articles, ...others } = content;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  keepFile(fileOf(dataDir, 'utterances', name), serialize(intents));
  const file: KeptFile = {
    content: others,
    articles: piecesOf([...articles]).map((piece) => serialize(piece)),
    model: basename(model),
  };
  keepFile(fileOf(dataDir, 'content', name), serialize(file));
  for (const files of [/^utterances-\w+\.bin/, /^content-\w+\.bin/]) forgetOlder(dataDir, files, KEPT);
}

/** What was kept under this name, read in pieces; null where there is none, or it cannot be read any more. */
export async function readKept(dataDir: string, name: string): Promise<Checked | null> {
  const [file, utterances] = [fileOf(dataDir, 'content', name), fileOf(dataDir, 'utterances', name)];
  if (!existsSync(file) || !existsSync(utterances)) return null;
  try {
    const kept = read(file) as KeptFile;
    const articles = new Map<string, Article>();
    for (const piece of kept.articles) {
      for (const [slug, article] of deserialize(piece) as [string, Article][]) articles.set(slug, article);
      await setImmediate();
    }
    const content = withUtterances({ ...kept.content, articles }, () => read(utterances));
    return { name, model: join(dataDir, kept.model), content };
  } catch {
    return null;
  }
}

function piecesOf<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / PIECE) }, (_, at) => all.slice(at * PIECE, (at + 1) * PIECE));
}

function withUtterances(content: object, intents: () => unknown): Content {
  return Object.defineProperty(content, 'intents', { get: intents, enumerable: true }) as Content;
}

function read(file: string): unknown {
  return deserialize(readFileSync(file));
}

function fileOf(dataDir: string, kind: string, name: string): string {
  return join(dataDir, `${kind}-${name}.bin`);
}
