/* `npm run bench -- [--only turns|start|scale|processes|open|greeting] [--store postgres] [--rounds N] [--write]`: docs/benchmarks.md says what is measured and how to read it. */
import { parseArgs } from 'node:util';
import { agent, surprises } from './direct-line.ts';
import { greetings } from './greeting.ts';
import { open } from './open.ts';
import { machine, writeDown } from './report.ts';
import { processes } from './processes.ts';
import { scale } from './scale/index.ts';
import { scaleOverPostgres } from './scale/postgres.ts';
import { start } from './start.ts';
import { turns } from './turns.ts';

const parts = {
  turns,
  start,
  scale,
  'scale-postgres': scaleOverPostgres,
  processes,
  open,
  greeting: greetings,
} as const;
const names = Object.keys(parts) as (keyof typeof parts)[];
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    store: { type: 'string', default: 'file' },
    rounds: { type: 'string', default: '12' },
    write: { type: 'boolean', default: false },
  },
});
const only = values.only && values.only + (values.store === 'postgres' ? '-postgres' : '');
const wanted = only === undefined ? names : names.filter((name) => name === only);
const rounds = Number(values.rounds);
if (wanted.length === 0 || !Number.isInteger(rounds) || rounds < 1) {
  console.error(
    '--only turns|start|scale|processes|open|greeting, --store postgres for scale, --rounds a whole number',
  );
  process.exit(2);
}
for (const name of wanted) {
  const where = `${machine()}; ${rounds} rounds`;
  const found = await parts[name](rounds);
  const others = `Turns that were answered otherwise than expected: ${surprises.length}.`;
  console.log(`## ${name}\n\n${where}\n\n${found}\n\n${others}\n`);
  for (const one of surprises.splice(0)) console.error(one);
  if (values.write) writeDown(name, `*${where}*\n\n${found}\n\n${others}`);
}
agent.destroy();
