import assert from 'node:assert/strict';
import { accountApiMembers, seldomTold } from '../../src/accounts/account-api-facts.ts';
import { createAccountApiSource } from '../../src/accounts/account-api.ts';
import { fakeClock } from '../support/fakes.ts';
import { accountSourceContract, type Case } from './contract.ts';
import { inMemory, overSocket, type Connect, type FarEnd } from './far-end.ts';
import { answerWith, members, pathOf, toldAt, validAnswer } from './fixture.ts';
import { oddIds, oddValues } from './odd-values.ts';
import { plainReading } from './plain-reading.ts';

const key = 'a-secret-key';
const told = toldAt(fakeClock().now());
const rarelyTold: readonly string[] = ['roleChangedAt', 'otherAccountFeatures', 'stopReason', ...seldomTold];

const answers =
  (body: unknown, status = 200): FarEnd =>
  () => ({ status, body });
const missing = (code: string) => answers({ error: { code } }, 404);
const nobody = 'not-connected' as const;
/** What stands at a path is not told, and what stands below it nobody tells. */
const unreadAt = (path: readonly string[], how: 'absent' | 'malformed') => ({
  unread: Object.fromEntries(
    Object.entries(pathOf)
      .filter(([, at]) => `${at.join('.')}.`.startsWith(`${path.join('.')}.`))
      .map(([member, at]) => {
        const isOff =
          rarelyTold.includes(member) && (how === 'absent' || ['featureStates', 'unlimitedFeatures'].includes(member));
        return [member, isOff || at.length > path.length ? nobody : 'not-told'] as const;
      }),
  ),
});

const cases: Record<string, Case> = {};
for (const path of Object.values(pathOf)) {
  cases[`${path.join('.')} is absent`] = { farEnd: answers(answerWith(path, undefined)), ...unreadAt(path, 'absent') };
  const odd = { not: 'as agreed' };
  cases[`${path.join('.')} is malformed`] = { farEnd: answers(answerWith(path, odd)), ...unreadAt(path, 'malformed') };
}
const others = (except: readonly string[]) => ({
  unread: Object.fromEntries(
    members
      .filter((one) => !except.includes(one))
      .map((one) => [one, (seldomTold as readonly string[]).includes(one) ? nobody : ('not-told' as const)]),
  ),
});
cases['it tells only whose account it is'] = {
  farEnd: answers({ account: { id: 'acct_42' } }),
  unread: {
    ...others(['membership']).unread,
    ...Object.fromEntries(rarelyTold.map((member) => [member, nobody])),
  },
};
cases['it tells of another object than the one that was asked about'] = {
  farEnd: answers(answerWith(['object', 'id'], 'doc_8')),
  unread: { objectShared: 'not-told' },
};
cases['a scope could be something else'] = {
  farEnd: answers(answerWith(['key', 'lacks', '0', 'scope'], 'api:read "and more"')),
  unread: { keyScopes: 'not-told' },
};
cases['the lock has no end'] = {
  farEnd: answers(answerWith(['user', 'lockout'], { until: null })),
  told: { lockout: { until: null } },
};
cases['there was no trial, and the role never changed'] = {
  farEnd: answers({
    ...validAnswer,
    user: { ...validAnswer.user, roleChangedAt: null },
    subscription: { ...validAnswer.subscription, trialEndsAt: null },
  }),
  told: { trialEndsAt: null, roleChangedAt: null },
};
cases['the user is not in the account'] = {
  farEnd: missing('user_not_in_account'),
  told: { membership: 'not-in-account' },
  ...others(['membership']),
};
cases['there is no such account'] = {
  farEnd: missing('account_not_found'),
  told: { membership: 'account-not-found' },
  ...others(['membership']),
};
for (const [at, kind, member] of [
  [0, 'quota', 'quotas'],
  [3, 'rate', 'rates'],
  [5, 'credit', 'credits'],
] as const)
  cases[`the ${kind} is malformed, but no other meter`] = {
    farEnd: answers(answerWith(['usage', String(at)], { kind, meter: 7 })),
    unread: { [member]: 'not-told' },
  };
cases['a meter is of no kind that we know'] = {
  farEnd: answers(answerWith(['usage', '0', 'kind'], 'lifetime')),
  unread: { quotas: 'not-told', rates: 'not-told', credits: 'not-told' },
};
const features = Array.from({ length: 1_001 }, (_, i) => ({ feature: `feature-${i}`, granted: true }));
cases['there are more features than anybody has'] = {
  farEnd: answers(answerWith(['entitlements'], features)),
  unread: { entitlements: 'not-told', featureStates: nobody, unlimitedFeatures: nobody },
};
for (const moment of [
  '2026-11-01T09:00:00+91:00',
  '2026-02-30T09:00:00Z',
  '2026-11-01T24:00:00Z',
  '2026-11-01T09:00:00',
  0,
])
  cases[`a moment is no moment: ${moment}`] = {
    farEnd: answers(answerWith(['subscription', 'changedAt'], moment)),
    unread: { planChangedAt: 'not-told' },
  };
// zod compares the length of anything that has one, and this one throws.
const lengthy = { length: { toString: 'no function' } };
cases['a text is something else with a length'] = {
  farEnd: answers(answerWith(['user', 'role'], lengthy)),
  unread: { role: 'not-told' },
};
cases['lists are something else with a length'] = {
  farEnd: answers({ ...answerWith(['user', 'elsewhere'], lengthy), entitlements: lengthy, usage: lengthy }),
  unread: {
    otherAccountFeatures: 'not-told',
    entitlements: 'not-told',
    featureStates: nobody,
    unlimitedFeatures: nobody,
    quotas: 'not-told',
    rates: 'not-told',
    credits: 'not-told',
  },
};
cases['words are written another way'] = {
  farEnd: answers({
    ...validAnswer,
    account: { ...validAnswer.account, status: 'ACTIVE' },
    user: { ...validAnswer.user, seat: 'Assigned', session: { state: 'VALID' } },
    subscription: { ...validAnswer.subscription, status: 'cancelled' },
  }),
  unread: {
    ...{ accountStatus: 'not-told', seat: 'not-told', session: 'not-told', subscription: 'not-told' },
    ...{ lacksSignIn: nobody, network: nobody },
  },
};
cases['a feature is granted and not granted'] = {
  farEnd: answers(answerWith(['entitlements', '1', 'feature'], 'export')),
  unread: { entitlements: 'not-told', featureStates: 'not-told', unlimitedFeatures: 'not-told' },
};

for (const [what, { answer, told: differs, unread }] of Object.entries(oddValues))
  cases[what] = { farEnd: answers(answer), ...(differs && { told: differs }), ...(unread && { unread }) };

const foreign: Record<string, FarEnd> = {
  ...Object.fromEntries(Object.entries(oddIds).map(([what, { answer }]) => [`somebody, for ${what}`, answers(answer)])),
  'nobody (404 of another reason)': missing('no_such_route'),
  'nobody (404 as a page)': answers('<h1>Not found</h1>', 404),
};
for (const id of ['someone-else', '', 7, null, ['acct_42'], {}, 'ACCT_42', 'usr_7', 'acct_42 ']) {
  foreign[`another account: ${JSON.stringify(id)}`] = answers(answerWith(['account', 'id'], id));
  if (id !== 'usr_7') foreign[`another user: ${JSON.stringify(id)}`] = answers(answerWith(['user', 'id'], id));
}

describe('the answer of the account API in tests', () => {
  const tables = {
    'toldAt (and its words in validAnswer) in test/accounts/fixture.ts': told,
    'pathOf in test/accounts/fixture.ts': { membership: [], ...pathOf },
    'plainReading in test/accounts/plain-reading.ts': plainReading,
  };
  for (const [table, values] of Object.entries(tables))
    it(`has every member that our client reads: ${table}`, () => {
      for (const member of accountApiMembers) assert.ok(member in values, `add ${member} to ${table}`);
    });
});

const connections: Readonly<Record<string, Connect>> = {
  'without a network': inMemory(createAccountApiSource({ url: 'https://accounts.test', key })),
  'over a socket': overSocket((url) => createAccountApiSource({ url: `${url}/`, key })),
};
for (const [how, connect] of Object.entries(connections))
  accountSourceContract({
    name: `account-api, ${how}`,
    connect,
    secret: key,
    whole: answers(validAnswer),
    told,
    cases,
    foreign,
    seldom: seldomTold,
  });
