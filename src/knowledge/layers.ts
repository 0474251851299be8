import { hash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { IntentExamples } from '../domain/content.ts';

/** A file of words. `path` is where it stands in its folder, `shown` how writers are told of it. */
export interface ContentFile {
  readonly path: string;
  readonly shown: string;
  readonly text: string;
}

/** One folder of words. */
export interface Layer {
  readonly folder: string;
  readonly files: ReadonlyMap<string, ContentFile>;
}

/** The folders of words, ours first: what stands in a later one goes before. */
export type Layers = readonly Layer[];

const readBy: Readonly<Record<string, RegExp>> = {
  articles: /\.md$/,
  causes: /\.md$/,
  intents: /\.yaml$/,
};
const known = /^(?:(?:catalog|replies|saved-replies|languages|brand)\.yaml|README\.md|[\w-]{1,60}\.svg)$/;

/** Reads these folders, ours first. What begins with a dot belongs to tools and is left alone. */
export function readLayers(folders: readonly string[]): Layers {
  return folders.map((folder) => ({
    folder,
    files: new Map(
      pathsIn(folder).map((path) => [
        path,
        { path, shown: shownAs(join(folder, path)), text: readFileSync(join(folder, path), 'utf8') },
      ]),
    ),
  }));
}

/** Names these words: whatever is made from them can be kept under it. */
export function fingerprintOf(layers: Layers): string {
  const all = layers.map(({ files }) => [...files.values()].map(({ path, text }) => [path, text]));
  return hash('sha256', JSON.stringify(all));
}

/** A size and a time of every file, which change with it: cheaper than reading them. So many at a time, then others have their turn. */
export async function stampOf(folders: readonly string[], atOnce = 200): Promise<string> {
  const stamps: string[] = [];
  for (const folder of folders)
    for (const [i, path] of (await readdir(folder, { recursive: true })).entries()) {
      if (i % atOnce === atOnce - 1) await setImmediate();
      const stats = isOfTools(path) ? undefined : statSync(join(folder, path), { throwIfNoEntry: false });
      if (stats?.isFile()) stamps.push(`${folder} ${path} ${stats.mtimeMs} ${stats.size}`);
    }
  return stamps.join('\n');
}

/** The file that counts at this path; undefined where no folder has one, or the last one's is empty. */
export function fileAt(layers: Layers, path: string): ContentFile | undefined {
  const file = layers.findLast(({ files }) => files.has(path))?.files.get(path);
  return file === undefined || isEmpty(file) ? undefined : file;
}

/** An empty file takes away what stands at its path in an earlier folder. */
export function isEmpty({ text }: ContentFile): boolean {
  return text.trim() === '';
}

/** The files of a kind in one folder: `articles`, `causes` or `intents`. */
export function filesOf({ files }: Layer, kind: string): ContentFile[] {
  return [...files.values()].filter(({ path }) => path.startsWith(`${kind}/`) && readBy[kind]?.test(path));
}

/** The slug of an article or a cause; of a kind of an intent `intent/kind`. */
export function slugOf({ path }: ContentFile): string {
  return path.slice(path.indexOf('/') + 1, path.lastIndexOf('.'));
}

/** Files from which nothing is read; a README and a logo may be there. */
export function strangersIn(layer: Layer): ContentFile[] {
  const isRead = ({ path }: ContentFile) => {
    const [kind = '', ...rest] = path.split('/');
    return rest.length === 0 ? known.test(path) : (readBy[kind]?.test(path) ?? false);
  };
  return [...layer.files.values()].filter((file) => !isRead(file));
}

/** An intent's utterances, and the file they stand in. */
export interface Utterances extends IntentExamples {
  readonly file: ContentFile;
}

/** Files are found through links, too: that is how a container is given its settings. */
function pathsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !isOfTools(path) && statSync(join(folder, path)).isFile())
    .sort();
}

function isOfTools(path: string): boolean {
  return /(?:^|[\\/])\./.test(path);
}

/** A path as it is told to whoever works in this folder. */
export function shownAs(file: string): string {
  const path = relative(process.cwd(), file).replaceAll('\\', '/');
  return path.startsWith('..') || isAbsolute(path) ? file : path;
}
