import { readdirSync, readFileSync } from 'node:fs';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { SupportError } from '../domain/errors.ts';
import type { Answer } from './answer.ts';

const folder = resolve(import.meta.dirname, '../web');
const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

interface WebFile {
  readonly type: string;
  readonly plain: Buffer;
  readonly zipped: Buffer;
}

/** The files that browsers get. */
export interface WebFiles {
  /** A file below `src/web`, TypeScript as JavaScript. Throws `not-found`. */
  answer(name: string, acceptEncoding: string | undefined, headers?: Answer['headers']): Answer;
  /** A script before which constants stand that it declares, each with its value. Throws `not-found`. */
  script(
    name: string,
    constants: Readonly<Record<string, unknown>>,
    acceptEncoding: string | undefined,
    headers?: Answer['headers'],
  ): Answer;
  /** An HTML file with its `{{placeholders}}` filled. */
  page(name: string, values: Readonly<Record<string, string>>): string;
}

const marked = 'vendor/marked.js';

/** The browser's files, each read, stripped of its types and compressed when it is first asked for. */
export function createWebFiles(): WebFiles {
  /** What is served, and nothing else: whoever makes up names fills no memory. */
  const files = new Map<string, WebFile | null>([...servedNames(), marked].map((name) => [name, null]));

  function load(name: string): WebFile {
    const known = files.get(name);
    if (known === undefined) throw new SupportError('not-found');
    const file = known ?? read(name);
    files.set(name, file);
    return file;
  }

  function answerWith(
    { type, plain, zipped }: WebFile,
    acceptEncoding: string | undefined,
    headers: Answer['headers'],
  ) {
    const zip = /\bgzip\b/.test(acceptEncoding ?? '');
    const encoding = zip ? { 'content-encoding': 'gzip' } : undefined;
    const caching = { 'cache-control': 'no-cache', vary: 'accept-encoding' };
    return { status: 200, type, body: zip ? zipped : plain, headers: { ...caching, ...encoding, ...headers } };
  }

  /** The script that was last made of each file, and of what: constants change only with the content. */
  const scripts = new Map<string, { readonly head: string; readonly file: WebFile }>();
  function scriptOf(name: string, constants: Readonly<Record<string, unknown>>): WebFile {
    const head = Object.entries(constants).map(([constant, value]) => `const ${constant}=${JSON.stringify(value)};`);
    const known = scripts.get(name);
    if (known?.head === head.join('')) return known.file;
    const file = fileOf(name, `{${head.join('')}\n${load(name).plain.toString()}}`);
    scripts.set(name, { head: head.join(''), file });
    return file;
  }

  return {
    answer: (name, acceptEncoding, headers = {}) => answerWith(load(name), acceptEncoding, headers),
    script: (name, constants, acceptEncoding, headers = {}) =>
      answerWith(scriptOf(name, constants), acceptEncoding, headers),
    page: (name, values) =>
      load(name)
        .plain.toString()
        .replaceAll(/\{\{(\w{1,30})\}\}/g, (_, key: string) => values[key] ?? ''),
  };
}

function servedNames(): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/').replace(/\.ts$/, '.js'))
    .filter((name) => endingOf(name) in types);
}

function endingOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function read(name: string): WebFile {
  return fileOf(name, name === marked ? readMarked() : readSource(name));
}

function fileOf(name: string, text: string): WebFile {
  const plain = Buffer.from(text);
  return { type: types[endingOf(name)] ?? '', plain, zipped: gzipSync(plain, { level: 9 }) };
}

function readSource(name: string): string {
  const path = join(folder, name.replace(/\.js$/, '.ts'));
  const text = readFileSync(path, 'utf8');
  return path.endsWith('.ts') ? toScript(text) : text;
}

/** Browsers get JavaScript: the types are blanked out, and imports name the files as they are served. */
function toScript(source: string): string {
  return stripTypeScriptTypes(source).replaceAll(/(from '\.{1,2}\/[^']{1,200})\.ts'/g, "$1.js'");
}

function readMarked(): string {
  const manifest = createRequire(import.meta.url).resolve('marked/package.json');
  return readFileSync(join(manifest, '../lib/marked.esm.js'), 'utf8');
}
