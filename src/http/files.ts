import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SupportError } from '../domain/errors.ts';
import { lazily } from '../domain/lazily.ts';
import type { Answer } from './answer.ts';
import { bundleWeb, webPages } from './bundle.ts';

const folder = resolve(import.meta.dirname, '../web');
const types = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8' } as const;

/** The files that browsers get, made when the first of them is asked for. */
export interface WebFiles {
  /** A file under the address that `page` has for it, which never changes. Throws `not-found`. */
  asset(address: string): Promise<Answer>;
  /** The text of a file by its name. Throws `not-found`. */
  text(name: string): Promise<string>;
  /** A script before which constants stand that it declares, each with its value. Throws `not-found`. */
  script(name: string, constants: Readonly<Record<string, unknown>>): Promise<string>;
  /** An HTML file with its `{{placeholders}}` filled; those that name a script or style sheet with its address. */
  page(name: string, values: Readonly<Record<string, string>>): Promise<string>;
}

/** Where all files are that never change. */
export const assetsPath = '/assets/';

/** The browser's files, bundled from `src/web`. */
export function createWebFiles(): WebFiles {
  let made: ReturnType<typeof bundleWeb> | null = null;
  /** A failure is not kept: whoever asks next tries again. */
  const bundles = () => (made ??= bundleWeb().catch(forget));
  const forget = (error: unknown) => {
    made = null;
    throw error;
  };
  const pages = lazily(() => new Map(webPages().map((name) => [name, readFileSync(join(folder, name), 'utf8')])));

  async function text(name: string): Promise<string> {
    const bundle = (await bundles()).get(name);
    if (!bundle) throw new SupportError('not-found');
    return bundle.text;
  }

  return {
    text,
    async asset(address) {
      for (const [name, { hash, text }] of await bundles()) {
        if (addressOf(name, hash) !== assetsPath + address) continue;
        const headers = { 'cache-control': 'public, max-age=31536000, immutable' };
        return { status: 200, type: types[name.endsWith('.css') ? 'css' : 'js'], body: text, headers };
      }
      throw new SupportError('not-found');
    },
    async script(name, constants) {
      const head = Object.entries(constants).map(([constant, value]) => `const ${constant}=${JSON.stringify(value)};`);
      return `{${head.join('')}${await text(name)}}`;
    },
    async page(name, values) {
      const html = pages().get(name) ?? '';
      const files = await bundles();
      return html.replaceAll(/\{\{([\w./-]{1,40})\}\}/g, (_, key: string) => {
        const bundle = files.get(key);
        return bundle ? addressOf(key, bundle.hash) : (values[key] ?? '');
      });
    },
  };
}

function addressOf(name: string, hash: string): string {
  const at = name.lastIndexOf('.');
  return `${assetsPath}${name.slice(0, at).replaceAll('/', '-')}-${hash}${name.slice(at)}`;
}
