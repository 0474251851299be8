import assert from 'node:assert/strict';
import fc from 'fast-check';
import { factsOf, isAbout } from '../../src/accounts/answer.ts';
import { createHttpAccounts } from '../../src/accounts/http.ts';
import { subscriptionStatuses, type Snapshot } from '../../src/domain/snapshot.ts';
import { fakeClock, keptLog } from '../support/fakes.ts';
import { members, subject, told, validAnswer, type Member } from './fixture.ts';

type Node = Record<string, unknown>;

/** Every path in a value, the leaves and what holds them. */
function pathsIn(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  const below = Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]));
  return path.length > 0 ? [[...path], ...below] : below;
}

const elsewhere: unknown[] = pathsIn(validAnswer).map((path) => at(validAnswer, path));
const odd = [
  null,
  '',
  0,
  -1,
  NaN,
  1e308,
  true,
  [],
  {},
  [null],
  'expired',
  '2026-13-45T00:00:00Z',
  '2026-12-01',
  'x'.repeat(201),
];
const anyJson = fc.oneof(fc.jsonValue(), fc.constantFrom(...odd), fc.constantFrom(...elsewhere));
const path = fc.constantFrom(...pathsIn(validAnswer));
const change = fc.oneof({ weight: 4, arbitrary: fc.record({ path, value: anyJson }) }, fc.record({ path }));

/** A valid answer, changed in one to three places: other values, values from elsewhere in it, or left out. */
const changedAnswer = fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
  const answer = structuredClone(validAnswer) as Node;
  for (const { path, ...with_ } of changes)
    put(answer, path, 'value' in with_ ? structuredClone(with_.value) : undefined);
  return JSON.parse(JSON.stringify(answer)) as Node;
});

function at(root: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((node, key) => (node as Node | null | undefined)?.[key], root);
}

function put(root: Node, path: readonly string[], value: unknown): void {
  const parent = at(root, path.slice(0, -1));
  if (typeof parent === 'object' && parent !== null) (parent as Node)[path.at(-1) ?? ''] = value;
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= 200;
const isCount = (value: unknown): value is number => typeof value === 'number' && value >= 0;
const isTime = (value: unknown): value is string => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const oneOf =
  (...values: readonly unknown[]) =>
  (value: unknown) =>
    values.includes(value);
const same = <T>(value: T) => value;
const orNull = (value: unknown) =>
  value === undefined || value === null ? null : isTime(value) ? Date.parse(value) : NaN;

/** What an answer literally tells of each member, where that is as agreed; written anew here, not taken from the code. */
const literal: Readonly<Record<Member, (answer: Node) => unknown>> = {
  membership: () => 'member',
  accountName: textAt('account', 'name'),
  role: textAt('user', 'role'),
  plan: textAt('subscription', 'plan'),
  seat: oneAt(oneOf('assigned', 'none', 'pending'), same, 'user', 'seat'),
  subscription: oneAt(oneOf(...subscriptionStatuses), same, 'subscription', 'status'),
  planChangedAt: oneAt(isTime, (value) => Date.parse(String(value)), 'subscription', 'changedAt'),
  session: (answer) => {
    const state = oneAt(oneOf('valid', 'expired', 'revoked'), same, 'user', 'session', 'state')(answer);
    return { state, expiresAt: orNull(at(answer, ['user', 'session', 'expiresAt'])) };
  },
  entitlements: (answer) =>
    (answer.entitlements as Node[]).map(({ feature, granted }) => {
      assert.ok(isText(feature) && typeof granted === 'boolean');
      return { feature, granted };
    }),
  quotas: (answer) =>
    (answer.usage as Node[]).flatMap(({ meter, kind, used, limit, resetsAt }) => {
      assert.ok(oneOf('quota', 'rate', 'credit')(kind));
      if (kind !== 'quota') return [];
      assert.ok(isText(meter) && isCount(used) && isCount(limit));
      return [{ meter, used, limit, resetsAt: orNull(resetsAt) }];
    }),
};

function textAt(...path: string[]) {
  return oneAt(isText, same, ...path);
}

function oneAt(agreed: (value: unknown) => boolean, as: (value: unknown) => unknown, ...path: string[]) {
  return (answer: Node) => {
    const value = at(answer, path);
    assert.ok(agreed(value), `${path.join('.')} is not as agreed: ${JSON.stringify(value)}`);
    return as(value);
  };
}

const clock = fakeClock();
async function read(body: string): Promise<Snapshot> {
  const get = () => Promise.resolve({ status: 200, text: body });
  const api = { url: 'https://accounts.test', key: 'key', deadlineMs: 5_000 };
  return createHttpAccounts(api, { get, clock, log: keptLog() }).read(subject);
}

describe('an answer that is not as agreed', () => {
  it('never becomes a fact that it does not tell', async () => {
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(changedAnswer, async (answer) => {
        const snapshot = await read(JSON.stringify(answer));
        for (const member of members) {
          const fact = snapshot[member];
          if (!fact.known) continue;
          kept += 1;
          assert.deepEqual(fact.value, literal[member](answer), member);
        }
      }),
      { numRuns: 1_000 },
    );
    assert.ok(kept > 1_000, 'most facts of a half-broken answer stand');
  });

  it('takes no other member with it', () => {
    fc.assert(
      fc.property(changedAnswer, (answer) => {
        const facts = factsOf(answer, 0);
        for (const member of members) {
          const fact = facts[member];
          const whole = toldOrNull(member, answer);
          assert.ok(fact.known || JSON.stringify(whole) !== JSON.stringify(told[member]), `${member} is lost`);
        }
      }),
    );
  });

  it('is not thrown, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string(), fc.constantFrom('', 'null', '{"account":')), async (body) => {
        const { membership } = await read(body);
        assert.equal(membership.known, false);
      }),
    );
  });

  it('is about this account and this user, or it is not used', () => {
    fc.assert(
      fc.property(changedAnswer, (answer) => {
        if (!isAbout(answer, subject.accountId, subject.userId)) return;
        assert.equal(at(answer, ['account', 'id']), subject.accountId);
        const user = answer.user;
        if (typeof user === 'object' && user !== null && 'id' in user) assert.equal(user.id, subject.userId);
      }),
    );
  });
});

function toldOrNull(member: Member, answer: Node): unknown {
  try {
    return literal[member](answer);
  } catch {
    return null;
  }
}
