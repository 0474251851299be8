import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createAccountApiSource } from '../../src/accounts/account-api.ts';
import { codeOf } from '../../src/domain/errors.ts';
import type { AccountFacts, Fact } from '../../src/domain/snapshot.ts';
import { getFrom } from './far-end.ts';
import { members, subject, validAnswer } from './fixture.ts';
import { mutantTextsOf } from './mutants.ts';
import { isAboutThem, plainly } from './plain-reading.ts';

const at = Date.UTC(2026, 10, 22, 10, 12);
/** What the company says it does not have is what mutants may lose. */
const whole = { ...validAnswer, hasNo: ['rates', 'quotas', 'seats'] };
const mostBytes = 1_048_576;
const source = createAccountApiSource({ url: 'https://accounts.test', key: 'key' });

/** What our client makes of a text: its facts, or the code of its error. */
async function read(text: string): Promise<Partial<AccountFacts> | string> {
  const get = getFrom(() => ({ status: 200, body: text }));
  const options = { deadlineMs: 1_000, mostBytes };
  try {
    return await source.read(subject, {
      at,
      warn: () => undefined,
      doubt: () => undefined,
      get: (url, headers) => get(url, { ...options, headers: { ...headers } }),
    });
  } catch (error) {
    return codeOf(error);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * Gives our client garbage made from a valid answer, so many times: every fact that it then knows is what a plain reading of
 * the same text finds, and every fact that a plain reading finds is known. Counts what became of the tries.
 */
export async function fuzzAccountAnswers(tries: number) {
  const counts = { refused: 0, known: 0, unknown: 0 };
  const property = fc.asyncProperty(mutantTextsOf(whole), async (text) => {
    const [facts, answer] = [await read(text), parsed(text)];
    if (typeof facts === 'string') {
      counts.refused += 1;
      assert.equal(facts, 'account-garbage');
      const isUsable = text.length <= mostBytes && isAboutThem(answer, subject.accountId, subject.userId);
      assert.ok(!isUsable, 'a usable answer was refused');
      return;
    }
    assert.ok(isAboutThem(answer, subject.accountId, subject.userId), 'an answer about others was used');
    for (const member of members) {
      const fact: Fact<unknown> | undefined = facts[member];
      const plain = plainly(member, answer, at);
      counts[fact?.known ? 'known' : 'unknown'] += 1;
      if (plain === 'not told') assert.equal(fact?.known, false, `${member} is invented`);
      else assert.deepEqual(fact, { known: true, value: plain.value, source: 'account-api', readAt: at }, member);
    }
  });
  await fc.assert(property, { numRuns: tries });
  return counts;
}
