import assert from 'node:assert/strict';
import { walk } from './walk.ts';

/** As a `.chat` tells it: what was said and done, in order. */
function asChat(way: readonly string[]): string {
  return way.map((one) => `${/^(?:the account|an? )/.test(one) ? 'world:   ' : 'customer:'} ${one}`).join('\n');
}

/** A walk of so many turns breaks no promise. */
export function walkKeeps(turns: number): void {
  it(`keep every promise in every state that ${turns} turns reach`, async () => {
    const { states, isWhole, broken } = await walk(turns);
    console.log(`      ${states} states seen${isWhole ? ': all there are' : ''}`);
    assert.equal(broken.map(({ promise, what, way }) => `${promise}: ${what}\n${asChat(way)}`).join('\n\n'), '');
  });
}
