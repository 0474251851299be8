import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { errorCodes } from '../src/domain/errors.ts';

/** Who may import whom, besides their own folder. `root`: the files that stand in src/ itself. This is the map. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  desks: ['domain', 'tickets'],
  tickets: ['domain'],
  accounts: ['domain'],
  identity: ['domain'],
  store: ['domain'],
  metrics: ['domain'],
  encoders: ['domain'],
  knowledge: ['domain'],
  language: ['domain', 'knowledge'],
  diagnosis: ['domain', 'knowledge'],
  channels: ['domain', 'identity', 'http'],
  console: ['domain', 'metrics', 'tickets', 'identity', 'http'],
  http: ['domain', 'root'],
  demo: ['domain', 'identity'],
  web: [],
  dialogs: ['domain', 'diagnosis', 'knowledge', 'language'],
  root: [
    ...['domain', 'desks', 'accounts', 'identity', 'store', 'metrics', 'knowledge', 'language', 'diagnosis'],
    ...['channels', 'console', 'http', 'demo', 'dialogs', 'encoders', 'tickets'],
  ],
};
/** Of the files in src/, only the settings may be imported from a folder; nobody imports those that wire. */
const rootForFolders = ['src/config.ts'];
const wiring = ['src/main.ts', 'src/product.ts', 'src/server.ts'];
const wires: Readonly<Record<string, readonly string[]>> = {
  'src/main.ts': ['src/product.ts'],
  'src/product.ts': ['src/server.ts'],
};

/** Packages that stay behind a fence, and where. Tests may call what they test. */
const fenced: readonly (readonly [RegExp, RegExp])[] = [
  [/^(botbuilder|botframework)/, /^(dialogs\/|src\/bot\.ts$|src\/channels\/|test\/)/],
  [/^restify$/, /^(src\/server\.ts$|test\/)/],
  [/^nock$/, /^test\/support\//],
];
/** What a machine would answer differently tomorrow, and where it may be asked. */
const impure: readonly (readonly [RegExp, RegExp])[] = [
  [/process\.env/, /^src\/config\.ts$/],
  [/Date\.now\(\)|new Date\(\)|Math\.random\(/, /^src\/(main\.ts$|web\/)/],
];

const root = join(import.meta.dirname, '..');
const filesIn = (...folders: string[]) =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.includes('node_modules'))
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
      .sort(),
  );
const sources = new Map(
  filesIn('src', 'dialogs', 'test').map((file) => [file, readFileSync(join(root, file), 'utf8')]),
);
const ours = [...sources].filter(([file]) => !file.startsWith('test/'));
const imports = [...sources].flatMap(([file, text]) =>
  ts.preProcessFile(text).importedFiles.map(({ fileName }) => ({ from: file, to: targetOf(file, fileName) })),
);

/** A file of ours by its path, a package by its name. */
function targetOf(from: string, name: string): string {
  return name.startsWith('.') ? relative(root, resolve(root, dirname(from), name)).replaceAll('\\', '/') : name;
}

function placeOf(file: string): string {
  const [top = '', folder = '', ...rest] = file.split('/');
  return top === 'src' ? (rest.length > 0 ? folder : 'root') : top;
}

describe('the architecture', () => {
  const inside = imports.filter(({ from, to }) => !from.startsWith('test/') && /^(src|dialogs|test)\//.test(to));
  const sentence = ({ from, to }: { from: string; to: string }) => `${from} imports ${to}`;

  it('finds the imports it judges', () => {
    assert.ok(inside.length > 100);
    assert.ok(inside.some(({ from, to }) => from === 'src/main.ts' && to === 'src/product.ts'));
  });

  it('has a line in the map for every folder', () => {
    const folders = new Set(ours.map(([file]) => placeOf(file)));
    assert.deepEqual(
      [...folders].filter((folder) => !(folder in mayImport)),
      [],
    );
  });

  it('lets everyone import only downward, as the map says', () => {
    const wrong = inside.filter(({ from, to }) => {
      const [mine, theirs] = [placeOf(from), placeOf(to)];
      return mine !== theirs && !mayImport[mine]?.includes(theirs);
    });
    assert.deepEqual(wrong.map(sentence), []);
  });

  it('gives the folders nothing of src/ itself but the settings', () => {
    const wrong = inside.filter(
      ({ from, to }) => placeOf(from) !== 'root' && placeOf(to) === 'root' && !rootForFolders.includes(to),
    );
    assert.deepEqual(wrong.map(sentence), []);
  });

  it('wires in one place: main, then product, then server, and nobody else', () => {
    const wrong = inside.filter(({ from, to }) => wiring.includes(to) && !wires[from]?.includes(to));
    assert.deepEqual(wrong.map(sentence), []);
  });

  it('keeps every fenced package behind its fence', () => {
    for (const [name, allowed] of fenced) {
      const wrong = imports.filter(({ from, to }) => name.test(to) && !allowed.test(from));
      assert.deepEqual(wrong.map(sentence), []);
    }
  });

  it('asks for settings, time and chance only where they come in', () => {
    for (const [what, allowed] of impure) {
      const wrong = ours.filter(([file, text]) => what.test(withoutComments(text)) && !allowed.test(file));
      assert.deepEqual(
        wrong.map(([file]) => file),
        [],
        String(what),
      );
    }
  });

  it('throws every error code somewhere, and none that is not in the list', () => {
    const thrown = ours
      .filter(([file]) => file !== 'src/domain/errors.ts')
      .flatMap(([, text]) => [...text.matchAll(/new SupportError\(\s*'([a-z-]+)'/g)].map((match) => match[1] ?? ''));
    assert.deepEqual([...new Set([...thrown, 'internal'])].sort(), Object.keys(errorCodes).sort());
  });

  it('has no file over 250 lines', () => {
    const long = [...sources].map(([file, text]) => [file, text.trimEnd().split('\n').length] as const);
    assert.deepEqual(
      long.filter(([, lines]) => lines > 250),
      [],
    );
  });
});

describe('the style', () => {
  for (const [place, told] of [
    [
      'src',
      ours.filter(([file]) => file.startsWith('src/') && !file.startsWith('src/web/') && !file.endsWith('schema.ts')),
    ],
    ['dialogs', ours.filter(([file]) => file.startsWith('dialogs/'))],
  ] as const)
    it(`says in one sentence what every exported name of ${place} is`, () => {
      assert.deepEqual(
        told.flatMap(([file, text]) => undocumented(file, text)),
        [],
      );
    });
});

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');
}

/** Exported declarations without a doc comment. A re-export needs none: it stands where the name is declared. */
function undocumented(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return source.statements.flatMap((statement) => {
    if (!ts.canHaveModifiers(statement) || !hasExport(statement)) return [];
    if (ts.getJSDocCommentsAndTags(statement).length > 0) return [];
    return namesOf(statement).map((name) => `${file}: ${name}`);
  });
}

function hasExport(statement: ts.HasModifiers): boolean {
  return ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  return 'name' in statement ? [(statement.name as ts.Identifier).text] : [];
}
