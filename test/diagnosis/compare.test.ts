import assert from 'node:assert/strict';
import { compare } from '../../src/diagnosis/compare.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { about, entitled, featureNamed, snapshot, without } from './snapshots.ts';

const verdict = (given: Parameters<typeof diagnose>[0]) => diagnose(given, about(featureNamed('export')));
const fine = () => verdict(snapshot());
const unpaid = () => verdict(snapshot({ subscription: 'unpaid' }));
const expired = () => verdict(snapshot({ session: { state: 'expired', expiresAt: null } }));
const open =
  (differs: Parameters<typeof snapshot>[0], hidden: Parameters<typeof without>[1] = []) =>
  () =>
    diagnose(without(snapshot(differs), hidden), about(null));
const some = { entitlements: entitled({ granted: false }) };
const over = { ...some, quotas: [{ meter: 'tokens', used: 9, limit: 9, resetsAt: null }] };
const unchecked = () => verdict(without(snapshot(), ['quotas']));

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
    ['sees without a feature that the cause is gone', open({ ...some, seat: 'none' }), open(some), 'cause-gone'],
    ['sees without a feature that what was possible is gone', open(over), open(some), 'cause-gone'],
    ['sees without a feature what is still possible', open(over), open(over), 'same'],
    ['sees without a feature what is possible now', open(some), open(over), 'another-cause'],
    [
      'sees without a feature what is possible now instead',
      open({ ...over, seat: 'none' }),
      open(over),
      'another-cause',
    ],
    ['proves nothing without a feature that was not seen before', open(some), open(some), 'could-not-check'],
    [
      'proves nothing without a feature where it could not be read',
      open({ ...some, seat: 'none' }),
      open(some, ['seat']),
      'could-not-check',
    ],
    ['sees no other cause that is unread', open(over), open(some, ['quotas']), 'could-not-check'],
  ] as const;
  for (const [what, before, after, change] of table)
    it(what, () => {
      assert.equal(compare(before(), after()), change);
    });
});
