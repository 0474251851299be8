import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contestant } from './contestant.ts';
import { contentRows, hasData } from './data.ts';
import type { Outcome } from './measure.ts';
import { measure } from './measure.ts';
import { installPeers } from './peers.ts';
import type { Task } from './tasks.ts';

/** Outcomes by contestant, then by task. */
export type Outcomes = ReadonlyMap<string, ReadonlyMap<string, Outcome>>;

const cache = join(import.meta.dirname, '.cache');
const everyone = ['package-lock.json', 'contestant.ts'].map((file) => join(import.meta.dirname, file));

/** Puts every contestant to every task, one at a time. What peers did earlier with the same inputs is not repeated. */
export async function compare(contestants: readonly Contestant[], tasks: readonly Task[]): Promise<Outcomes> {
  const possible = tasks.filter(({ needsData }) => !needsData || hasData('intent/clinc150/test'));
  const outcomes = new Map<string, Map<string, Outcome>>();
  for (const contestant of contestants) {
    const own = new Map<string, Outcome>();
    outcomes.set(contestant.name, own);
    for (const task of possible) own.set(task.name, await outcomeOf(contestant, task, own));
  }
  return outcomes;
}

async function outcomeOf(contestant: Contestant, task: Task, own: ReadonlyMap<string, Outcome>): Promise<Outcome> {
  if (own.get(task.smaller ?? '') === 'too slow') return 'too slow';
  const file = cacheFile(contestant, task);
  if (!contestant.ours && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Outcome;
  process.stderr.write(`${contestant.name}: ${task.name} ...\n`);
  try {
    if (!contestant.ours) installPeers();
  } catch (error) {
    process.stderr.write(`${String(error)}\n`);
    return 'failed';
  }
  const outcome = await measure(contestant, task);
  if (!contestant.ours && outcome !== 'failed') keep(file, outcome);
  return outcome;
}

/** Its name holds a hash of all that the outcome depends on; no suffix, so that no formatter looks at it. */
function cacheFile(contestant: Contestant, task: Task): string {
  const files = [...everyone, contestant.file, ...task.inputs];
  const inputs = files.map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : null));
  const key = hash('sha256', JSON.stringify([inputs, task.needsData ? null : contentRows()]));
  return join(cache, `${contestant.name}-${task.name}-${key.slice(0, 16)}`.replaceAll(' ', '-'));
}

function keep(file: string, outcome: Outcome): void {
  mkdirSync(cache, { recursive: true });
  writeFileSync(file, JSON.stringify(outcome));
}
