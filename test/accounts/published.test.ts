import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { describedPaths, ignoredIn } from '../../src/accounts/ignored.ts';
import { createAccountApiSource } from '../../src/accounts/account-api.ts';
import { createSubjectByEmail } from '../../src/accounts/subject-by-email.ts';
import { sampleCustomers } from '../../src/demo/customers.ts';
import { createSampleAccountApi } from '../../src/demo/sample-account-api.ts';
import { id } from '../../src/domain/schemas.ts';
import type { AccountFacts } from '../../src/domain/snapshot.ts';
import { restoreSubject } from '../../src/identity/verify.ts';
import { fakeClock } from '../support/fakes.ts';
import { readingFrom } from './far-end.ts';
import { answerWith, members, pathOf, subject, validAnswer } from './fixture.ts';
import { mutantsOf, valueAt } from './mutants.ts';
import { isReadWhole } from './read-whole.ts';
import { examplesOf, path, peoplePath, published, validatorOf, type Schema } from './published.ts';
import { rounds } from '../support/rounds.ts';

const clock = fakeClock();
const key = 'a-secret-key';

/** What our client makes of an answer. */
function read(status: number, body: unknown, as = subject): Promise<Partial<AccountFacts>> {
  const get = readingFrom(() => ({ status, body }))()('account-api');
  return createAccountApiSource({ url: 'https://accounts.test', key }).read(as, {
    at: clock.now(),
    get,
    warn: () => undefined,
    doubt: () => undefined,
  });
}

/** Every member that the document describes, with its path. */
function membersIn(schema: Schema, at: string): [string, Schema][] {
  const { properties = {}, items } = schema;
  const below = Object.entries(properties).flatMap(([name, inner]): [string, Schema][] => [
    [`${at}.${name}`, inner],
    ...membersIn(inner, `${at}.${name}`),
  ]);
  return items ? [...below, [`${at}[]`, items], ...membersIn(items, `${at}[]`)] : below;
}

/** A feature that is told twice: no schema can forbid that. */
function hasTwins(answer: object): boolean {
  const entitlements = valueAt(answer, ['entitlements']);
  const features = Array.isArray(entitlements) ? entitlements.map((one) => valueAt(one, ['feature'])) : [];
  return new Set(features).size < features.length;
}

describe('the published contract of the account API', () => {
  const { schemas } = published.components;

  it('is OpenAPI 3.1, and describes every schema and every member in words', () => {
    assert.equal(published.openapi, '3.1.0');
    const all = Object.entries(schemas).flatMap(([name, schema]) => [
      [name, schema] as const,
      ...membersIn(schema, name),
    ]);
    assert.ok(all.length > 50, `${all.length} members`);
    const described = ({ description, $ref }: Schema) =>
      description ?? schemas[$ref?.split('/').at(-1) ?? '']?.description;
    assert.deepEqual(
      all.filter(([, schema]) => (described(schema) ?? '').length < 5).map(([name]) => name),
      [],
    );
  });

  it('is where the prose points to', () => {
    const prose = readFileSync(join(import.meta.dirname, '../../docs/account-api.md'), 'utf8');
    assert.ok(['(account-api.yaml)', path, peoplePath].every((part) => prose.includes(part)));
  });

  const [valid, closed] = [validatorOf('Access'), validatorOf('Access', { closed: true })];

  it('describes every member that our client reads', () => {
    assert.ok(closed(validAnswer), `describe it in docs/account-api.yaml: ${JSON.stringify(closed.errors)}`);
  });

  for (const [name, example] of examplesOf('200').slice(0, 2))
    it(`has the example ${name}, which is valid, and of which our client knows every fact`, async () => {
      assert.ok(closed(example), JSON.stringify(closed.errors));
      const facts = await read(200, example);
      const unknown = members.filter((member) => !facts[member]?.known);
      assert.deepEqual(unknown, [], `tell it in the example ${name} of docs/account-api.yaml`);
    });

  for (const [name, example] of examplesOf('404'))
    it(`has the example ${name}, which is valid, and which our client understands`, async () => {
      assert.ok(validatorOf('Missing', { closed: true })(example));
      assert.equal((await read(404, example)).membership?.known, true);
    });

  it('describes exactly the members that our client knows, so that it can name those which it ignores', () => {
    const resolved = (schema: Schema): Schema[] => {
      const named = schema.$ref === undefined ? schema : (schemas[schema.$ref.split('/').at(-1) ?? ''] ?? schema);
      return [named, ...((named.oneOf ?? []) as Schema[]).flatMap(resolved)];
    };
    const pathsIn = (schema: Schema, at: string): string[] =>
      resolved(schema).flatMap(({ properties = {}, items }) => [
        ...Object.entries(properties).flatMap(([name, inner]) => [`${at}${name}`, ...pathsIn(inner, `${at}${name}.`)]),
        ...(items ? pathsIn(items, `${at.slice(0, -1)}[].`) : []),
      ]);
    const { Access = {} } = schemas;
    assert.deepEqual([...describedPaths].sort(), [...new Set(pathsIn(Access, ''))].sort());
    assert.deepEqual(ignoredIn(validAnswer), []);
    assert.deepEqual(ignoredIn({ ...validAnswer, seats: { free: 1 }, plan: { name: 'x' } }), ['seats.free', 'plan']);
  });

  const people = { one: 'usr_7', nobody: undefined, several: undefined };
  for (const [name, example] of examplesOf('200', peoplePath))
    it(`has people for example: ${name}, and our client takes nobody but one for the customer`, async () => {
      assert.ok(validatorOf('People', { closed: true })(example));
      const found = await createSubjectByEmail(
        { url: 'https://accounts.test', key },
        readingFrom(() => ({ status: 200, body: example })),
      )('');
      assert.equal(found?.userId, people[name as keyof typeof people]);
      if (found) assert.ok(Object.values(found).every((value) => value !== undefined));
    });

  const ids = ['a', 'a b/ü', '.', '..', '...', '', 'a\u0000', 'a\u0085', 'x'.repeat(128), 'x'.repeat(129), 7, null];
  it('allows the ids that our client takes, and no others', () => {
    const allows = validatorOf('Id');
    assert.deepEqual(
      ids.filter((one) => allows(one)),
      ids.filter((one) => id.safeParse(one).success),
    );
  });

  it('has examples: two that tell everything, and those that tell one thing', () => {
    assert.deepEqual([examplesOf('200').length, examplesOf('404').length], [8, 2]);
    assert.equal(examplesOf('200', peoplePath).length, 3);
  });

  it('allows what our client reads whole, and nothing else', () => {
    const kinds = { valid: 0, invalid: 0 };
    const partial = fc.constantFrom(...Object.values(pathOf)).map((path) => answerWith(path, undefined));
    const any = fc.oneof({ weight: 4, arbitrary: mutantsOf(validAnswer) }, { weight: 1, arbitrary: partial });
    fc.assert(
      fc.property(any, (answer) => {
        fc.pre(!hasTwins(answer));
        const isValid = valid(answer);
        kinds[isValid ? 'valid' : 'invalid'] += 1;
        assert.equal(isReadWhole(answer, clock.now()), isValid, JSON.stringify([answer, valid.errors]));
      }),
      { numRuns: rounds(2_000) },
    );
    assert.ok(Math.min(...Object.values(kinds)) > rounds(2_000) / 10, JSON.stringify(kinds));
  });
});

describe('the sample account API', () => {
  const [valid, missing, refused] = ['Access', 'Missing', 'Refused'].map((name) => validatorOf(name, { closed: true }));

  for (const { name, person } of sampleCustomers)
    it(`answers for ${name} as it is published`, async () => {
      const { status, body } = await ask(accessOf(person.accountId, person.userId));
      const isValid = status === 200 ? valid : missing;
      assert.ok(isValid?.(body), JSON.stringify(isValid?.errors));
    });

  it('tells our client every fact of every customer', async () => {
    const unknown = new Set<string>();
    let every = 0;
    for (const { person, object } of sampleCustomers) {
      const query = object === undefined ? '' : `?object=${object}`;
      const { status, body } = await ask(`${accessOf(person.accountId, person.userId)}${query}`);
      const as = restoreSubject({ ...person, verifiedBy: 'signed-identity', denial: { object } });
      const facts = Object.entries(await read(status, body, as));
      // What only some companies have, nobody needs to tell.
      for (const [member, fact] of facts) if (!fact.known && fact.why !== 'not-connected') unknown.add(member);
      if (facts.length > 1 && facts.every(([, { known }]) => known)) every += 1;
      if (status === 404) assert.equal(facts.length, 1);
    }
    assert.equal(every, 1, 'somebody of whom everything is told');
    assert.deepEqual([...unknown], [], 'tell it in "account" of src/demo/customers.ts, with a healthy value');
  });

  const [someone] = sampleCustomers;
  const { accountId, userId } = someone?.person ?? { accountId: '', userId: '' };
  for (const [what, url, code] of [
    ['another user of an account', accessOf(accountId, 'usr_nobody'), 'user_not_in_account'],
    ['another account', accessOf('acct_nobody', userId), 'account_not_found'],
    ['an id that is a path', accessOf('a/b', '../../x'), 'account_not_found'],
  ] as const)
    it(`answers for ${what} as it is published`, async () => {
      const { status, body } = await ask(url);
      assert.ok(missing?.(body), JSON.stringify(missing?.errors));
      assert.deepEqual([status, body], [404, { error: { code } }]);
    });

  for (const [what, url, method, status] of [
    ['another path', '/v2/anything', 'GET', 404],
    ['an id that is not encoded', '/v1/accounts/%E0%A4%A/users/usr_1/access', 'GET', 404],
    ['no id', '/v1/accounts//users/usr_1/access', 'GET', 404],
    ['another method', accessOf(accountId, userId), 'POST', 405],
    ['people of no address', peoplePath, 'GET', 404],
  ] as const)
    it(`proves nothing to who asks for ${what}`, async () => {
      const answer = await ask(url, { method });
      assert.equal(answer.status, status);
      assert.ok(!missing?.(answer.body), 'it looks like proof');
    });

  for (const [email, found] of [
    ['over-limit@example.com', [{ account_id: accountId, user_id: userId, name: someone?.person.name }]],
    ['Over-Limit@Example.com', [{ account_id: accountId, user_id: userId, name: someone?.person.name }]],
    ['over-limit+more@example.com', []],
    ['over-limit@example.org', []],
    ['not-in-account@example.com', []],
  ] as const)
    it(`tells as it is published who uses ${email}`, async () => {
      const { status, body } = await ask(`${peoplePath}?email=${encodeURIComponent(email)}`);
      assert.ok(validatorOf('People', { closed: true })(body));
      assert.deepEqual([status, body], [200, { people: found }]);
    });

  it('refuses a wrong key as it is published', async () => {
    for (const url of [accessOf(accountId, userId), `${peoplePath}?email=a`]) {
      const { status, body } = await ask(url, { key: 'another' });
      assert.deepEqual([status, refused?.(body)], [401, true]);
    }
  });
});

function accessOf(accountId: string, userId: string): string {
  const ids: Readonly<Record<string, string>> = { accountId, userId };
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ids[name] ?? ''));
}

/** Asks the sample account API over a real socket. */
async function ask(url: string, { method = 'GET', key: as = key } = {}) {
  const server = createSampleAccountApi(sampleCustomers, key, clock).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}${url}`, { method, headers: { authorization: `Bearer ${as}` } });
  const body: unknown = await answer.json();
  server.closeAllConnections();
  server.close();
  return { status: answer.status, body };
}
