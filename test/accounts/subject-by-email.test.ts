import assert from 'node:assert/strict';
import { createResilientGet } from '../../src/accounts/resilient-get.ts';
import type { httpGet } from '../../src/accounts/http-get.ts';
import { createSubjectByEmail } from '../../src/accounts/subject-by-email.ts';
import { codeOf } from '../../src/domain/errors.ts';
import { email } from '../../src/domain/schemas.ts';
import { countingRandom, fakeClock, keptLog } from '../support/fakes.ts';
import { readingFrom, type FarAnswer, type FarEnd } from './far-end.ts';

const key = 'a-secret-key';
const ada = { account_id: 'acct_42', user_id: 'usr_7' };
const subject = { accountId: 'acct_42', userId: 'usr_7', verifiedBy: 'trusted-email' };
const people = (...all: unknown[]): FarAnswer => ({ status: 200, body: { people: all } });
const find = (farEnd: FarEnd, address = 'ada@acme.example') =>
  createSubjectByEmail({ url: 'https://accounts.test/base/', key }, readingFrom(farEnd))(address);

describe('who uses an e-mail address', () => {
  const whole = { ...ada, name: 'Ada', zone: 'Europe/Berlin', stripe_customer: 'cus_42', more: 'ignored' };
  const told: Readonly<Record<string, readonly [FarAnswer, object | null]>> = {
    'the one person that is told': [people(ada), subject],
    'with what is told of them': [
      people(whole),
      { ...subject, name: 'Ada', zone: 'Europe/Berlin', stripeCustomerId: 'cus_42' },
    ],
    'without what is not as agreed': [people({ ...ada, name: 7, zone: '', stripe_customer: 'sub_1' }), subject],
    'nobody, where nobody is told': [people(), null],
    'nobody, where one person has several accounts': [people(ada, { ...ada, account_id: 'acct_43' }), null],
    'nobody, where several share it': [people(ada, { ...ada, user_id: 'usr_8' }), null],
    'nobody, where somebody is told twice': [people(ada, ada), null],
    'nobody, where the API has no such path': [{ status: 404, body: '<h1>Not found</h1>' }, null],
  };
  for (const [who, [answer, expected]] of Object.entries(told))
    it(`is ${who}`, async () => {
      const found = await find(() => answer);
      assert.deepEqual(found && JSON.parse(JSON.stringify(found)), expected);
    });

  const failing: Readonly<Record<string, readonly [FarAnswer, string]>> = {
    'the API is down': ['refused', 'account-unreachable'],
    'it fails': [{ status: 503, body: {} }, 'account-unreachable'],
    'it sends us elsewhere': [{ status: 302, body: '' }, 'account-unreachable'],
    'it refuses our key': [{ status: 401, body: {} }, 'account-refused'],
    'our key may not read this': [{ status: 403, body: {} }, 'account-refused'],
    'it answers a page': [{ status: 200, body: 'ada@acme.example' }, 'account-garbage'],
    'it answers a list': [{ status: 200, body: [ada] }, 'account-garbage'],
    'people are no list': [{ status: 200, body: { people: ada } }, 'account-garbage'],
    'an entry lacks its account': [people({ user_id: 'usr_7' }), 'account-garbage'],
    'one of two entries is none': [people(ada, null), 'account-garbage'],
    'an id would leave its path': [people({ ...ada, account_id: '..' }), 'account-garbage'],
    'an id is a number': [people({ ...ada, user_id: 7 }), 'account-garbage'],
    'an id is empty': [people({ ...ada, user_id: '' }), 'account-garbage'],
    'there are more than anybody has': [people(...Array<object>(1_001).fill(ada)), 'account-garbage'],
  };
  for (const [why, [answer, code]] of Object.entries(failing))
    it(`is not known when ${why}, and the error does not hold the address`, async () => {
      const error: unknown = await find(() => answer).catch((thrown: unknown) => thrown);
      assert.equal(codeOf(error), code);
      const { message, cause } = error as Error;
      assert.ok(!`${message} ${String(cause)}`.includes('ada@'), message);
    });

  it('is asked with our key and the address as it is, whatever stands in it', async () => {
    const asked: string[] = [];
    const address = "o'neil+a&b=c%41#d/..?@acme.example";
    await find((url, { authorization }) => {
      asked.push(url.pathname, url.search, url.searchParams.get('email') ?? '', url.hash, String(authorization));
      return people();
    }, address);
    assert.deepEqual(asked, [
      '/base/v1/people',
      '?email=o%27neil%2Ba%26b%3Dc%2541%23d%2F..%3F%40acme.example',
      ...[address, '', `Bearer ${key}`],
    ]);
  });

  it('is asked twice, and not for longer than 2.5 s in all', async () => {
    const [log, clock, asked] = [keptLog(), fakeClock(), [] as number[]];
    const get: typeof httpGet = (_, { deadlineMs }) => {
      asked.push(deadlineMs);
      clock.forward(1_000);
      return Promise.resolve({ status: 500, text: '', header: () => undefined });
    };
    const sleep = () => Promise.resolve();
    const careful = createResilientGet({ get, sleep, clock, random: countingRandom(), log });
    const asking = createSubjectByEmail({ url: 'https://accounts.test', key }, careful)('ada@acme.example');
    await assert.rejects(asking, { code: 'account-unreachable' });
    assert.deepEqual(asked, [2_500, 1_500]);
  });
});

describe('an e-mail address', () => {
  const read: Readonly<Record<string, string | undefined>> = {
    'ada@acme.example': 'ada@acme.example',
    ' Ada@ACME.example\n': 'ada@acme.example',
    "O'Neil+Help@acme.example": "o'neil+help@acme.example",
    'a.d.a@acme.example': 'a.d.a@acme.example',
    '\u212Aay@acme.example': undefined,
    'ada@acme.ex\u0430mple': undefined,
    'ada_acme.com#EXT#@host.example': undefined,
    'ada@acme.example,eve@acme.example': undefined,
    '"ada"@acme.example': undefined,
    'Ada <ada@acme.example>': undefined,
    'ada@acme': undefined,
    'ada@@acme.example': undefined,
    '': undefined,
    [`${'a'.repeat(250)}@acme.example`]: undefined,
  };
  for (const [written, address] of Object.entries(read))
    it(`${JSON.stringify(written.slice(0, 40))} is ${address ?? 'none'}`, () =>
      assert.equal(email.safeParse(written).data, address));

  it('is no other thing', () => {
    for (const other of [null, 7, ['ada@acme.example'], { length: { toString: 'no function' } }])
      assert.equal(email.safeParse(other).success, false);
  });
});
