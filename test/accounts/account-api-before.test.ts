import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accountApiMembers, seldomTold } from '../../src/accounts/account-api-facts.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { AccountMember } from '../../src/domain/snapshot.ts';
import { about } from '../diagnosis/snapshots.ts';
import { look } from './look.ts';

/** Answers of the days before `hasNo`, with what our client made of them then. */
const before = JSON.parse(
  readFileSync(join(import.meta.dirname, 'recorded/account-api-before.json'), 'utf8'),
) as readonly {
  readonly name: string;
  readonly answer: unknown;
  readonly facts: Readonly<Partial<Record<AccountMember, { readonly value: unknown } | string>>>;
  readonly verdicts: Readonly<Record<string, string>>;
}[];

describe('an API that knows nothing of what is new', () => {
  const added: readonly string[] = ['paidUntil', 'propagation', 'unlimitedFeatures'];

  for (const { name, answer, facts, verdicts } of before)
    it(`tells the same facts and gets the same verdicts as before: ${name}`, async () => {
      const { snapshot, on } = await look(answer);
      for (const member of accountApiMembers) {
        const fact = snapshot[member];
        const now = fact.known ? { value: fact.value } : fact.why;
        assert.deepEqual(now, added.includes(member) ? 'not-connected' : facts[member], member);
      }
      for (const [slug, findings] of Object.entries(verdicts)) {
        const { findings: is } = slug === 'none' ? diagnose(snapshot, about(null)) : on(slug);
        assert.equal(is.map(({ cause, status }) => `${cause} ${status}`).join(', '), findings, slug);
      }
    });

  it('misses none of it where it fails', () => {
    for (const member of added) assert.ok((seldomTold as readonly string[]).includes(member), member);
  });
});
