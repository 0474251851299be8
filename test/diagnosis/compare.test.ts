import assert from 'node:assert/strict';
import { compare } from '../../src/diagnosis/compare.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { about, featureNamed, snapshot, without } from './snapshots.ts';

const verdict = (given: Parameters<typeof diagnose>[0]) => diagnose(given, about(featureNamed('export')));
const fine = snapshot();
const unpaid = snapshot({ subscription: 'unpaid' });
const expired = snapshot({ session: { state: 'expired', expiresAt: null } });
const unchecked = without(snapshot(), ['quotas']);

describe('a re-check', () => {
  const table = [
    ['sees access come back', unpaid, fine, 'access-is-back'],
    ['sees the same cause', unpaid, unpaid, 'same'],
    ['sees another cause', unpaid, expired, 'another-cause'],
    ['sees a cause where nothing blocked', fine, unpaid, 'another-cause'],
    ['sees that still nothing blocks', fine, fine, 'same'],
    ['proves nothing when it could not be made', unpaid, unchecked, 'could-not-check'],
    ['sees a cause where nothing could be checked', unchecked, unpaid, 'another-cause'],
    ['does not call it back when nothing was seen to block before', unchecked, fine, 'another-cause'],
  ] as const;
  for (const [what, before, after, change] of table)
    it(what, () => {
      assert.equal(compare(verdict(before), verdict(after)), change);
    });
});
