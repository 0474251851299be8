import { follow, keyOf, lettersOf, rootOf, type Node } from './node.ts';
import { looksAfter, promises } from './promises.ts';

/** A promise that broke, with the shortest way there. */
export interface Counterexample {
  readonly promise: string;
  readonly what: string;
  readonly way: readonly string[];
}

/** What a walk saw. */
export interface Walk {
  readonly states: number;
  readonly turns: number;
  /** Whether every state that can be reached was seen. */
  readonly isWhole: boolean;
  readonly broken: readonly Counterexample[];
}

/** Walks from the start of a conversation, nearest states first, until all are seen or so many turns were taken. */
export async function walk(mostTurns: number, enough = 12): Promise<Walk> {
  const roots = [rootOf('the account reached its limit', true), rootOf('the account allows everything', false)];
  const queue: Node[] = [...roots];
  const seen = new Set(queue.map(keyOf));
  const broken = new Map<string, Counterexample>();
  let turns = 0;
  for (let node = queue.shift(); node && turns < mostTurns && broken.size < enough; node = queue.shift())
    for (const letter of lettersOf(node)) {
      turns += 1;
      const came = await follow(node, letter);
      const turned = 'effects' in came ? { ...came, node: { ...came.node, looks: looksAfter(came) } } : null;
      for (const [promise, check] of turned ? Object.entries(promises) : []) {
        const what = turned && check(turned);
        if (what && !broken.has(`${promise} ${letter}`))
          broken.set(`${promise} ${letter}`, { promise, what, way: turned.node.way });
      }
      const next = turned?.node ?? (came as Node);
      const key = keyOf(next);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(next);
    }
  return { states: seen.size, turns, isWhole: queue.length === 0, broken: [...broken.values()] };
}
