import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { observe } from '../support/chat.ts';

/** One customer's messages, in order, as a sample customer whose account answers them. */
interface Script {
  readonly customer: string;
  readonly turns: readonly string[];
}

const folder = resolve(process.argv[2] ?? '../shared/data/talks');
const file = join(folder, 'follow-ups.jsonl');
if (!existsSync(file)) {
  console.error(`there is no ${file}: name a folder that holds follow-ups.jsonl`);
  process.exit(1);
}
const scripts = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => JSON.parse(line) as Script);

let turns = 0;
let misses = 0;
const outcomes = new Map<string, number>();
for (const [i, { customer, turns: said }] of scripts.entries()) {
  const lines = said.map((text) => `customer: ${text.replaceAll('\n', ' ')}`);
  const talk = await observe(`---\ncustomer: ${customer}\n---\n${[...lines, 'ticket:', 'outcome:'].join('\n')}\n`);
  const missed = talk.split('I didn’t understand that').length - 1;
  turns += said.length;
  misses += missed;
  const outcome = /^outcome: +(.+)$/m.exec(talk)?.[1] ?? '';
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  console.log(`\n═══ ${i + 1} · ${customer} · not understood: ${missed}\n${talk.split('---\n').slice(2).join('')}`);
}
console.log(`\n${scripts.length} talks, ${turns} turns, not understood: ${((misses / turns) * 100).toFixed(1)} %`);
for (const [outcome, count] of outcomes) console.log(`${outcome}: ${count}`);
