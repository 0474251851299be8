import assert from 'node:assert/strict';
import { differencesOf } from '../../src/diagnosis/differences.ts';
import { featureNamed, snapshot, without, type Values } from './snapshots.ts';

const exporting = featureNamed('export');
const granted = (is: boolean) => [{ feature: 'export', granted: is, roles: null }];
const quotas = (tokens: number, calls = 310) => [
  { meter: 'tokens', used: tokens, limit: 500_000, resetsAt: null },
  { meter: 'api-calls', used: calls, limit: 10_000, resetsAt: null },
];

/** What is different, and as which facts it is told. */
const table: Readonly<Record<string, readonly [before: Partial<Values>, after: Partial<Values>, told: string[]]>> = {
  nothing: [{}, {}, []],
  'the plan': [{ plan: 'starter' }, { plan: 'team' }, ['plan: {"plan":"starter"} {"plan":"team"}']],
  'the role': [{ role: 'member' }, { role: 'admin' }, ['role: {"role":"member"} {"role":"admin"}']],
  'the seat': [{ seat: 'none' }, { seat: 'assigned' }, ['seat: "none" "assigned"']],
  'the account': [{ accountStatus: 'suspended' }, { accountStatus: 'active' }, ['account: "suspended" "active"']],
  'the subscription': [{ subscription: 'past_due' }, { subscription: 'active' }, ['subscription: "past due" "active"']],
  'the entitlement': [
    { entitlements: granted(false) },
    { entitlements: granted(true) },
    ['entitlement: "not granted" "granted"'],
  ],
  'the entitlement to another feature, which is not told': [
    { entitlements: [{ feature: 'sso', granted: false, roles: null }] },
    { entitlements: [{ feature: 'sso', granted: true, roles: null }] },
    [],
  ],
  'the usage of the feature’s meter': [
    { quotas: quotas(500_000) },
    { quotas: quotas(12) },
    ['usage: 500000 12 tokens'],
  ],
  'the usage of another meter, which is not told': [{ quotas: quotas(1, 1) }, { quotas: quotas(1, 2) }, []],
  'several things': [
    { plan: 'starter', role: 'member' },
    { plan: 'team', role: 'admin' },
    ['role: {"role":"member"} {"role":"admin"}', 'plan: {"plan":"starter"} {"plan":"team"}'],
  ],
};

describe('what changed between two readings', () => {
  for (const [what, [before, after, told]] of Object.entries(table))
    it(`is ${what}`, () => {
      const differences = differencesOf(snapshot(before), snapshot(after), exporting);
      assert.deepEqual(
        differences.map(({ fact, before: was, after: is, meter }) =>
          [
            `${fact}: ${JSON.stringify(was)} ${JSON.stringify(is)}`,
            ...(meter ? [(meter as { meter: string }).meter] : []),
          ].join(' '),
        ),
        told,
      );
    });

  it('is every meter’s usage and every entitlement where no feature was named', () => {
    const [before, after] = [
      snapshot({ quotas: quotas(1, 1), entitlements: granted(false) }),
      snapshot({ quotas: quotas(2, 2), entitlements: granted(true) }),
    ];
    assert.deepEqual(
      differencesOf(before, after, null).map(({ fact, feature }) => [fact, feature]),
      [
        ['entitlement', { feature: 'export' }],
        ['usage', undefined],
        ['usage', undefined],
      ],
    );
  });

  it('is nothing that one of them could not read', () => {
    const [before, after] = [snapshot({ plan: 'starter', quotas: quotas(1) }), snapshot({ quotas: quotas(2) })];
    assert.deepEqual(differencesOf(without(before, ['plan', 'quotas']), after, exporting), []);
    assert.deepEqual(differencesOf(before, without(after, ['plan', 'quotas']), exporting), []);
  });
});
