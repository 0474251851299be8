import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkSync } from 'recheck';
import ts from 'typescript';

/**
 * Whether a text that somebody made up for it keeps a regular expression busy: of every literal, and of every one that is
 * built when its file is loaded. Part of `npm run lint`; ends with 1 where one is slow, or is built where nobody can check it.
 * What was found fine stands in `checked-regexes.txt` and is not checked again; `UPDATE=1` writes it.
 */
const root = join(import.meta.dirname, '../..');
const folders = ['src', 'dialogs'];
// In this process: the native checker is a download for each platform.
process.env.RECHECK_BACKEND = 'pure';
const limits = { timeout: 20_000, randomSeed: 1 };

interface Found {
  readonly where: string;
  readonly source: string;
  readonly flags: string;
}

const files = folders.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(root, folder, file)),
);

function literalsIn(file: string): Found[] {
  const parsed = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Found[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      const line = parsed.getLineAndCharacterOfPosition(node.pos).line + 1;
      const where = `${relative(root, file)}:${line}`;
      found.push({ where, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return found;
}

/** Loads a file, and keeps what is built then. Throws where less is built than stands there. */
async function builtIn(file: string): Promise<Found[]> {
  const written = readFileSync(file, 'utf8').split('new RegExp(').length - 1;
  if (written === 0) return [];
  const found: Found[] = [];
  const where = relative(root, file);
  const Before = RegExp;
  globalThis.RegExp = new Proxy(Before, {
    construct(target, [source, flags = '']: [string, string?]) {
      found.push({ where, source, flags });
      return new target(source, flags);
    },
  });
  try {
    await import(pathToFileURL(file).href);
  } finally {
    globalThis.RegExp = Before;
  }
  if (found.length < written) throw new Error(`${where}: build regular expressions when the file is loaded`);
  return found;
}

/** What the checker cannot judge, or takes for slow although each repetition in it is bounded, and why it is none. */
const bounded: Readonly<Record<string, string>> = {
  'src/language/clauses.ts': 'of 1,000 characters at most; a run of marks is tried once, from its beginning',
  'src/language/other-person.ts': 'of a clause of 1,000 characters at most',
  'src/redaction/mask-personal.ts': '64 and 255 characters at most from each place',
  'src/redaction/secrets.ts': '60 characters at most from each place',
  'src/redaction/cards.ts': '36 characters at most from each place',
  'src/redaction/passwords.ts': 'two words of 40 characters at most from each place',
  'src/channels/slack/plain-text.ts': 'what is in angles holds none, so each place is in one try',
  'src/tickets/ticket-text.ts': '77 characters at most from each place',
  'src/desks/jira/no-format.ts': '101 characters at most from each place',
};
const listed = join(import.meta.dirname, 'checked-regexes.txt');
const checked = new Set(existsSync(listed) ? readFileSync(listed, 'utf8').split('\n') : []);
const fine: string[] = [];

let slow = 0;
const all = files.flatMap(literalsIn);
for (const file of files) all.push(...(await builtIn(file)));
const distinct = [...new Map(all.map((one) => [`/${one.source}/${one.flags}`, one])).entries()];
for (const [shown, { where, source, flags }] of distinct) {
  const result = checked.has(shown) ? null : checkSync(source, flags, limits);
  const isFine = result === null || result.status === 'safe' || where.replace(/:\d+$/, '') in bounded;
  if (isFine) fine.push(shown);
  else {
    slow += 1;
    const why = result.status === 'vulnerable' ? result.complexity.summary : 'not understood';
    console.error(`${where}: ${shown.slice(0, 200)} ${why}`);
  }
}
if (process.env.UPDATE === '1') writeFileSync(listed, `${fine.sort().join('\n')}\n`);
console.log(`${distinct.length} regular expressions, ${slow} of them slow or not understood`);
if (slow > 0) process.exitCode = 1;
