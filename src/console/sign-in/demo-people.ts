import { roles, type Agent } from '../../domain/agent.ts';
import type { Random } from '../../domain/ports.ts';

const names = ['Alex Moreau', 'Sam Okafor', 'Priya Raman', 'Jonas Lindqvist', 'Mei Tanaka'];
const prefix = 'demo|';

/** The n-th visitor of the demo, counted from 1: a made-up name, an id of their own, every role. */
export function demoPerson(n: number, random: Random): Agent {
  const name = names[(n - 1) % names.length] ?? '';
  return { id: prefix + random.id(12), name: `${name} (demo)`, email: null, roles };
}

/** Whether somebody is made up. */
export function isDemoPerson({ id }: Agent): boolean {
  return id.startsWith(prefix);
}
