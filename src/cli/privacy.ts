import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import type { Erased, PersonalRows, PersonKey } from '../domain/privacy.ts';
import { openPersons, type OpenPersons } from '../store/open-persons.ts';
import { mindClosedPipe } from './closed-pipe.ts';

const usage =
  'usage: npm run privacy -- export <account> <user> [--out FILE]\n       npm run privacy -- erase <account> <user> [--yes]';
// Whoever mistook an id would else believe that there is nothing.
const nothing = 'Nothing is stored of this person. <account> and <user> are account_id and sub of their identity.';
const random = { id: (length: number) => randomBytes(length).toString('base64url').slice(0, length) };

/** `npm run privacy -- export|erase <account> <user>`: everything about one person, while Latchkey runs or not. */
mindClosedPipe({ ends: false });
try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { positionals, values } = readArguments();
  const [what, accountId, userId, ...others] = positionals;
  const isKnown = what === 'export' ? values.yes === undefined : what === 'erase' && values.out === undefined;
  if (!isKnown || !accountId || !userId || others.length > 0) throw new Error(usage);
  const persons = await openPersons(readConfig(undefined, { starts: false }), random);
  try {
    const person = { accountId, userId };
    if (what === 'export') tell(await persons.find(person), person, values.out);
    else await erase(persons, person, values.yes === true);
  } finally {
    await persons.close();
  }
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { out: { type: 'string' }, yes: { type: 'boolean' } },
    });
  } catch (cause) {
    throw new Error(usage, { cause });
  }
}

/** As JSON, to a new file or to standard output. */
function tell(tables: PersonalRows, person: PersonKey, file: string | undefined): void {
  const json = `${JSON.stringify({ person, tables }, null, 2)}\n`;
  if (file === undefined) process.stdout.write(json);
  else writeFileSync(file, json, { flag: 'wx', mode: 0o600 });
  if (rowsOf(tables).length === 0) console.error(nothing);
}

async function erase(persons: OpenPersons, person: PersonKey, isSure: boolean): Promise<void> {
  const found = rowsOf(await persons.find(person));
  console.log(found.length === 0 ? nothing : `Stored of this person: ${found.join(', ')}.`);
  if (found.length === 0 || !(isSure || (await confirmed(person)))) return;
  for (const line of linesOf(await persons.erase(person))) console.log(line);
}

function rowsOf(tables: PersonalRows): string[] {
  return Object.entries(tables).flatMap(([table, rows]) => (rows.length > 0 ? [`${rows.length} ${table}`] : []));
}

async function confirmed({ userId }: PersonKey): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Error('nobody is there to confirm it: add --yes');
  const terminal = createInterface(process.stdin, process.stdout);
  const answer = await terminal.question('This cannot be taken back. Type the user’s id to erase it: ');
  terminal.close();
  if (answer.trim() === userId) return true;
  console.log('Nothing was erased.');
  return false;
}

function linesOf({ removed, anonymous, elsewhere }: Erased): string[] {
  const counted = (rows: Readonly<Record<string, number>>, done: string) =>
    Object.entries(rows).flatMap(([table, count]) => (count > 0 ? [`${table.padEnd(14)} ${count} ${done}`] : []));
  const places = elsewhere.map(({ ticket, where, ref, url }) =>
    [where.padEnd(14), ticket, ref ?? '(as it is called there is not known)', url].filter(Boolean).join(' '),
  );
  return [
    ...counted(removed, 'removed'),
    ...counted(anonymous, 'made nobody’s'),
    ...(places.length > 0
      ? ['To be erased there, by hand:', ...places]
      : ['No desk and no channel has a ticket of theirs.']),
  ];
}
