import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import ts from 'typescript';
import { ours, parsed, root, sources } from './support/sources.ts';

/** Lines: half of the files are no longer, and none is longer than the second. */
const fileLines = { median: 55, most: 250 };
/** Lines of a function; one that is longer is a table, and stands below. */
const functionLines = 60;
const tables: readonly string[] = ['src/product.ts: assemble', 'src/store/migrations/001-tables.ts: createTables'];

describe('the style', () => {
  it('has one convention for a folder’s entry: index.ts, and no file named like a folder beside it or around it', () => {
    const wrong = ours.filter(([file]) => {
      const [folder, name] = [dirname(file), basename(file, '.ts')];
      return existsSync(join(root, folder, name)) || basename(folder) === name;
    });
    assert.deepEqual(
      wrong.map(([file]) => file),
      [],
    );
  });

  it(`has files of ${fileLines.median} lines in the middle and none over ${fileLines.most}`, () => {
    const lines = [...sources].map(([file, text]) => [file, text.trimEnd().split('\n').length] as const);
    assert.deepEqual(
      lines.filter(([, count]) => count > fileLines.most),
      [],
    );
    const sorted = lines.filter(([file]) => !file.startsWith('test/')).map(([, count]) => count);
    sorted.sort((a, b) => a - b);
    assert.ok((sorted[Math.floor(sorted.length / 2)] ?? 0) <= fileLines.median);
  });

  it(`has no function over ${functionLines} lines that is not a table`, () => {
    const long = ours.flatMap(([file, text]) => longFunctionsIn(file, text));
    assert.deepEqual(long.sort(), [...tables].sort());
  });

  it('says of every member of a port what it takes and gives, or throws', () => {
    const ports =
      /^src\/(domain\/(ports|conversations|storage|channels|ticket-feed|figures)|channels\/channel|accounts\/source)\.ts$/;
    assert.deepEqual(
      ours.filter(([file]) => ports.test(file)).flatMap(([file, text]) => untoldMembersIn(file, text)),
      [],
    );
  });
});

/** Functions of too many lines, each as `file: name`. A factory counts, as a class does, by its functions. */
function longFunctionsIn(file: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isFunction(node) && ownLines(node) > functionLines) found.push(`${file}: ${nameOf(node)}`);
    ts.forEachChild(node, visit);
  };
  visit(parsed(file, text));
  return found;
}

function isFunction(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;
}

function nameOf(node: ts.FunctionLikeDeclaration): string {
  return (
    node.name?.getText() ?? `function in line ${node.getSourceFile().getLineAndCharacterOfPosition(node.pos).line + 1}`
  );
}

/** Its lines without those of the functions in it. */
function ownLines(node: ts.FunctionLikeDeclaration): number {
  let lines = linesOf(node);
  const visit = (inner: ts.Node): void => {
    if (isFunction(inner)) lines -= linesOf(inner) - 1;
    else ts.forEachChild(inner, visit);
  };
  ts.forEachChild(node, visit);
  return lines;
}

function linesOf(node: ts.Node): number {
  return node.getText().split('\n').length;
}

/** Members of exported interfaces that are called, without a word about them. */
function untoldMembersIn(file: string, text: string): string[] {
  return parsed(file, text)
    .statements.filter(ts.isInterfaceDeclaration)
    .flatMap((one) =>
      one.members
        .filter((member) => isCalled(member) && ts.getJSDocCommentsAndTags(member).length === 0)
        .map((member) => `${file}: ${one.name.text}.${member.name?.getText() ?? ''}`),
    );
}

function isCalled(member: ts.TypeElement): boolean {
  if (ts.isMethodSignature(member)) return true;
  return ts.isPropertySignature(member) && member.type !== undefined && ts.isFunctionTypeNode(member.type);
}
