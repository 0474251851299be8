import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { lexer, walkTokens, type Token, type Tokens } from 'marked';
import { causes } from '../src/diagnosis/causes/index.ts';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const isFolder = (path: string) => existsSync(join(root, path)) && statSync(join(root, path)).isDirectory();
const filesIn = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)).replaceAll('\\', '/'))
    .sort();

const decisions = filesIn('docs/decisions');
/** What is told of today. A decision tells of its own day. */
const documents = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md'],
  ...filesIn('docs').filter((file) => file.endsWith('.md') && !decisions.includes(file)),
].map((file) => ({ file, text: read(file), tokens: lexer(read(file)) }));

const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };
const sources = filesIn('src').filter((file) => file.endsWith('.ts'));
const names = readdirSync(root)
  .filter((name) => isFolder(name) && !name.startsWith('.') && name !== 'node_modules')
  .flatMap((folder) => filesIn(folder).map((file) => basename(file)));

/** All tokens of a kind, wherever they stand in a document. */
function find<T extends Token>(tokens: Token[], ...types: readonly string[]): T[] {
  const found: Token[] = [];
  void walkTokens(tokens, (token) => {
    if (types.includes(token.type)) found.push(token);
  });
  return found as T[];
}
const codeIn = (tokens: Token[]) => find<Tokens.Codespan>(tokens, 'codespan').map(({ text }) => text);

/** `npm run x`, `npm run -s x`, `npm start`, `npm test`. */
const commandsIn = (text: string) =>
  [...text.matchAll(/\bnpm (?:run (?:-\S+ )*([\w:-]+)|(start|test)\b)/g)].map(([, run, own]) => run ?? own ?? '');

/** Of what stands in backticks: a relative path, or the name of a file. `.env` is for the reader to make, `.chat` an ending. */
const isPath = (code: string) =>
  /^(?!\.\w+$)[\w.<][\w.<>…*@-]*(\/[\w.<>…*@-]+)*\/?$/.test(code) &&
  (code.includes('/') || /\.(ts|js|json|yaml|md|txt|css|html|example)$/.test(code));

/** Whether a path of a document is there, up to the folder in which the first placeholder stands. */
function isThere(path: string, document: string): boolean {
  const [certain = ''] = path.split(/[<…*]/);
  const place = certain === path ? path : certain.slice(0, certain.lastIndexOf('/') + 1);
  if (names.includes(place)) return true;
  return [root, join(root, dirname(document))].some((from) => existsSync(join(from, place)));
}

describe('the README’s map', () => {
  const { tokens } = documents.find(({ file }) => file === 'README.md') ?? assert.fail();
  const heading = tokens.findIndex((token) => token.type === 'heading' && token.raw.includes('Where things are'));
  const table = tokens.slice(heading).find((token): token is Tokens.Table => token.type === 'table');
  const named = (table?.rows ?? []).flatMap(([where, what]) => {
    const places = codeIn(where?.tokens ?? []);
    // In the row of `src/` a bare word is a folder of it.
    const words = codeIn(what?.tokens ?? []).filter((code) => /^[\w-]+$/.test(code));
    return places.flatMap((place) => [place, ...words.map((word) => `${place}${word}/`)]);
  });

  it('names only folders that there are', () => {
    assert.ok(named.includes('src/'));
    assert.deepEqual(
      named.filter((place) => !isFolder(place)),
      [],
    );
  });

  it('names every folder of src/', () => {
    const folders = readdirSync(join(root, 'src')).map((name) => `src/${name}/`);
    assert.deepEqual(
      folders.filter((folder) => isFolder(folder) && !named.includes(folder)),
      [],
    );
  });
});

describe('the README’s causes', () => {
  it('are all that there are, in the order in which they lead', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const [, told = ''] = /\*\*Causes it can prove\*\*, in this order: ([^.]+)\./.exec(readme) ?? [];
    assert.deepEqual(
      told.split(', ').map((one) => one.replaceAll('`', '')),
      causes.map(({ slug }) => slug),
    );
  });
});

describe('the documents', () => {
  it('name only commands that there are', () => {
    const wrong = documents.flatMap(({ file, text }) =>
      commandsIn(text).flatMap((name) => (name in scripts ? [] : `${file}: ${name}`)),
    );
    assert.deepEqual(wrong, []);
  });

  it('name every command', () => {
    const named = documents.flatMap(({ text }) => commandsIn(text));
    assert.deepEqual(
      Object.keys(scripts).filter((name) => !named.includes(name)),
      [],
    );
  });

  it('name only files and folders that there are', () => {
    const named = documents.flatMap(({ file, tokens }) =>
      codeIn(tokens).flatMap((code) => (isPath(code) ? { file, path: code } : [])),
    );
    assert.ok(named.length > 50);
    // The company of docs/make-it-yours.md has its folder here.
    const placed = (path: string) => path.replace(/^northwind\//, 'test/company/content/');
    const wrong = named.filter(({ file, path }) => !isThere(placed(path), file));
    assert.deepEqual(
      wrong.map(({ file, path }) => `${file}: ${path}`),
      [],
    );
  });

  it('link only to what is there', () => {
    const links = documents.flatMap(({ file, tokens }) =>
      find<Tokens.Link | Tokens.Image>(tokens, 'link', 'image')
        .map(({ href }) => ({ file, href, path: href.replace(/#.*/, '') }))
        .filter(({ path }) => path !== '' && !/^[a-z]+:/.test(path)),
    );
    assert.ok(links.length > 10);
    const wrong = links.filter(({ file, path }) => !existsSync(join(root, dirname(file), path)));
    assert.deepEqual(
      wrong.map(({ file, href }) => `${file}: ${href}`),
      [],
    );
  });
});

describe('.env.example', () => {
  const told = [...read('.env.example').matchAll(/^(?:# )?([A-Z][A-Z\d_]*)=/gm)].map(([, name = '']) => name);
  const namesIn = (files: readonly string[]) =>
    new Set(files.flatMap((file) => [...read(file).matchAll(/'([A-Z][A-Z\d_]*)'/g)].map(([, name = '']) => name)));

  it('names only settings that are read', () => {
    const known = namesIn(sources);
    assert.deepEqual(
      told.filter((name) => !known.has(name)),
      [],
    );
  });

  it('names every setting that is read', () => {
    const known = [...namesIn(sources.filter((file) => ['config.ts', 'settings.ts'].includes(basename(file))))];
    assert.ok(known.length > 40);
    const untold = known.filter((name) => !told.includes(name));
    assert.deepEqual(untold, [], 'write what it is in .env.example');
  });

  it('is told more of a desk or a channel in the documents', () => {
    const known = [...namesIn(sources.filter((file) => /^src\/(desks|channels)\/.+\/settings\.ts$/.test(file)))];
    assert.ok(known.length > 30);
    const untold = known.filter((name) => !documents.some(({ text }) => text.includes(name)));
    assert.deepEqual(untold, [], 'write what it is in the file of the desk or channel in docs/');
  });
});

describe('the way of a turn', () => {
  it('is shown as it stands in the code, and names files that are there', () => {
    const page = read('docs/hot-path.md');
    const code = /```ts\n([^]*?)```/.exec(page)?.[1] ?? assert.fail();
    assert.ok(read('src/store/conversations.ts').includes(code));
    for (const [, file = ''] of page.matchAll(/`((?:src|test|dialogs)\/[\w./-]+)`/g))
      assert.ok(existsSync(join(root, file)), file);
  });
});

describe('the decisions', () => {
  it('are numbered without a gap', () => {
    const numbers = decisions.map((file) => basename(file).slice(0, 4));
    assert.deepEqual(
      numbers,
      numbers.map((_, i) => `${String(i + 1).padStart(3, '0')}-`),
    );
  });

  it('each tell what was decided', () => {
    assert.deepEqual(
      decisions.filter((file) => !read(file).includes('**Decision.**')),
      [],
    );
  });
});

describe('the samples in the documents', () => {
  it('run beside each other: no two listen on one port unless told', () => {
    const ports = readdirSync(join(root, 'docs'))
      .filter((name) => name.endsWith('.md'))
      .flatMap((name) => [...readFileSync(join(root, 'docs', name), 'utf8').matchAll(/process\.env\.PORT \?\? (\d+)/g)])
      .map(([, port]) => port);
    assert.deepEqual([ports.length > 1, ports.length], [true, new Set(ports).size]);
  });
});
