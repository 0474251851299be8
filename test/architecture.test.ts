import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { errorCodes } from '../src/domain/errors.ts';
import { imports, inside, ours, parsed, root, sentence, targetOf } from './support/sources.ts';

/** Packages that stay behind a fence, and where. Tests may call what they test. */
const fenced: readonly (readonly [RegExp, RegExp])[] = [
  [/^(botbuilder|botframework)/, /^(dialogs\/|src\/bot\/|src\/channels\/|test\/)/],
  [/^restify$/, /^(src\/http\/server\.ts$|test\/)/],
  [/^nock$/, /^test\/support\//],
];
/** What a machine would answer differently tomorrow, and where it may be asked. */
const impure: readonly (readonly [RegExp, RegExp])[] = [
  [/process\.env/, /^src\/config\.ts$/],
  [/Date\.now\(\)|new Date\(\)|Math\.random\(/, /^src\/(main\.ts$|cli\/(?:account-try|doctor)\.ts$|web\/)/],
];
const mostFloors = 6;

/** `dialogs`, a folder of `src/` by its name, or a file that stands in `src/` itself. */
function roomOf(file: string): string {
  const [top = '', room = ''] = file.split('/');
  return top === 'src' ? room : top;
}

interface Room {
  readonly floor: number;
  readonly mayImport: readonly string[];
}

/** The table of docs/architecture.md. */
const map: ReadonlyMap<string, Room> = new Map(
  [
    ...readFileSync(join(root, 'docs/architecture.md'), 'utf8').matchAll(
      /^\| (\d) \| `(?:src\/)?([\w.]+)` \| [^|]+ \|([^|]*)\|$/gm,
    ),
  ].map(([, floor, room = '', allowed = '']) => [
    room,
    { floor: Number(floor), mayImport: [...allowed.matchAll(/`([\w.]+)`/g)].map(([, name = '']) => name) },
  ]),
);

describe('the architecture', () => {
  it('finds the imports that it judges, and the table', () => {
    assert.ok(inside.length > 100);
    assert.ok(inside.some(({ from, to }) => from === 'src/main.ts' && to === 'src/product.ts'));
    assert.ok(map.size > 20);
  });

  it('has every room in the table, and every file of src/ itself, and no other', () => {
    assert.deepEqual([...map.keys()].sort(), [...new Set(ours.map(([file]) => roomOf(file)))].sort());
  });

  it('lets everyone import only what the table allows', () => {
    const wrong = inside.filter(({ from, to }) => {
      const [mine, theirs] = [roomOf(from), roomOf(to)];
      return mine !== theirs && !map.get(mine)?.mayImport.includes(theirs);
    });
    assert.deepEqual(wrong.map(sentence), []);
  });

  it('allows nobody what nobody imports', () => {
    const unused = [...map].flatMap(([room, { mayImport }]) =>
      mayImport
        .filter((other) => !inside.some(({ from, to }) => roomOf(from) === room && roomOf(to) === other))
        .map((other) => `${room} → ${other}`),
    );
    assert.deepEqual(unused, []);
  });

  it('has every room right above the highest that it may import, on six floors at the most', () => {
    const floorOf = (room: string) => map.get(room)?.floor ?? NaN;
    for (const [room, { floor, mayImport }] of map)
      assert.equal(floor, 1 + Math.max(0, ...mayImport.map(floorOf)), `the floor of ${room}`);
    assert.ok(Math.max(...[...map.values()].map(({ floor }) => floor)) <= mostFloors);
  });

  it('has no circle of files', () => {
    assert.deepEqual(circleIn(Map.groupBy(inside, ({ from }) => from)), null);
  });

  it('keeps every fenced package behind its fence', () => {
    for (const [name, allowed] of fenced) {
      const wrong = imports.filter(({ from, to }) => name.test(to) && !allowed.test(from));
      assert.deepEqual(wrong.map(sentence), []);
    }
  });

  it('gives the browser types of other rooms and nothing else', () => {
    const wrong = ours.filter(([file, text]) => file.startsWith('src/web/') && importsAtRunTime(file, text));
    assert.deepEqual(
      wrong.map(([file]) => file),
      [],
    );
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
});

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');
}

/** The files of one circle, in its order; null: there is none. */
function circleIn(byFile: ReadonlyMap<string, readonly { readonly to: string }[]>): readonly string[] | null {
  const done = new Set<string>();
  const search = (file: string, path: readonly string[]): readonly string[] | null => {
    const at = path.indexOf(file);
    if (at >= 0) return path.slice(at);
    if (done.has(file)) return null;
    for (const { to } of byFile.get(file) ?? []) {
      const circle = search(to, [...path, file]);
      if (circle) return circle;
    }
    done.add(file);
    return null;
  };
  for (const file of byFile.keys()) {
    const circle = search(file, []);
    if (circle) return circle;
  }
  return null;
}

function importsAtRunTime(file: string, text: string): boolean {
  return parsed(file, text).statements.some(
    (statement) =>
      ts.isImportDeclaration(statement) &&
      statement.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword &&
      ts.isStringLiteral(statement.moduleSpecifier) &&
      !/^(src\/web\/|marked$)/.test(targetOf(file, statement.moduleSpecifier.text)) &&
      statement.moduleSpecifier.text.startsWith('.'),
  );
}
