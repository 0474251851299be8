import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { sql } from 'kysely';
import { asText } from '../../src/store/personal-tables.ts';
import { migrate } from '../../src/store/migrate.ts';
import { tables } from '../../src/store/rows.ts';
import type { Database } from '../../src/store/schema.ts';
import { databaseIn, openSqlite } from '../../src/store/sqlite/index.ts';

/** No index holds them, but the state of a ticket's work. */
const long = ['state', 'activity', 'body', 'text', 'words', 'agent', 'subject'];

const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 40 }),
  fc.constantFrom(
    '',
    'null',
    '\0',
    'a\0b\0',
    '🧑‍🚀 ünïcode 𝄞',
    '\u2028',
    '\\u0000',
    '\ud83d',
    'x\udc00\ud800',
    '\ufffd',
    "'; --",
  ),
);
const json = fc.oneof(
  { weight: 3, arbitrary: words },
  { weight: 3, arbitrary: fc.json({ maxDepth: 3 }) },
  {
    weight: 3,
    arbitrary: fc
      .string({ unit: 'binary', maxLength: 9 })
      .map((one) => JSON.stringify({ one, lone: '\ud800', nul: '\0', nil: null })),
  },
  // The dearest by far, and each run has some.
  {
    weight: 1,
    arbitrary: fc.integer({ min: 0, max: 200_000 }).map((size) => JSON.stringify({ big: '€🦊'.repeat(size / 2) })),
  },
);

interface Column {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly pk: number;
}

function valueOf(
  table: string,
  { name, notnull, pk, ...column }: Column,
): fc.Arbitrary<string | number | Uint8Array | null> {
  if (column.type.toLowerCase() === 'bytea') return fc.uint8Array();
  const type = column.type.toLowerCase();
  const most = type === 'integer' ? 2 ** 31 - 1 : Number.MAX_SAFE_INTEGER;
  const value: fc.Arbitrary<string | number> =
    type === 'text' ? (long.includes(name) && table !== 'work' ? json : words) : fc.integer({ min: 0, max: most });
  return notnull === 1 || pk > 0 ? value : fc.option(value);
}

/** A key is there once; two texts may become one where a NUL is replaced. */
function withKey({ type, pk }: Column, value: string | number | Uint8Array | null, row: number) {
  if (pk === 0) return value;
  return type.toLowerCase() === 'integer' ? row : `${String(value)}#${row}`;
}

/** Rows for every table of a new data folder, `most` in each; `seed`: what is random comes from it. */
export async function fillRandomly(folder: string, most: number, seed: number): Promise<void> {
  const made = openSqlite(folder);
  await migrate(made);
  await made.destroy();
  const db = new DatabaseSync(databaseIn(folder));
  db.exec('begin');
  for (const table of tables) {
    const columns = db.prepare('select * from pragma_table_info(?)').all(table) as unknown as Column[];
    const names = columns.map(({ name }) => name).join(', ');
    const insert = db.prepare(
      `insert or ignore into ${table} (${names}) values (${columns.map(() => '?').join(', ')})`,
    );
    const row = fc.tuple(...columns.map((column) => valueOf(table, column)));
    const rows = fc.sample(row, { seed, numRuns: 1 + (Math.abs(seed) % most) });
    for (const [number, values] of rows.entries())
      insert.run(...columns.map((column, at) => withKey(column, values[at] ?? null, number)));
  }
  // Bytes that are no UTF-8, as a damaged client may have left them.
  db.exec(`insert into notes values ('bytes', 'n', 1, 'a', 'b', cast(x'61eda08062ff' as text)); commit`);
  db.close();
}

/** All that is stored, in an order of its own; a NUL as PostgreSQL keeps it. */
export async function allRows(db: Database): Promise<Readonly<Record<string, readonly string[]>>> {
  const all: Record<string, string[]> = {};
  for (const table of tables) {
    const { rows } = await sql<object>`select * from ${sql.table(table)}`.execute(db);
    all[table] = rows
      .map((row) =>
        JSON.stringify(
          Object.entries(row)
            .map(([name, value]) => [name, asText(value)] as const)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        ).replaceAll('\\u0000', '\ufffd'),
      )
      .sort();
  }
  return all;
}
