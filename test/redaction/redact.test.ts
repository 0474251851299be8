import assert from 'node:assert/strict';
import { redact, redactJson } from '../../src/redaction/index.ts';

const key = (start: string, length = 24) => start + 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zAbCdEfGh'.slice(0, length);
const jwt = `${key('eyJ', 30)}.${key('eyJ', 30)}.${key('', 39)}`;
const card = '[card number removed, ends in 4242]';

/** What it promises, what was written, what is left. */
const taken: readonly (readonly [string, string, string])[] = [
  ['a card number in a sentence', 'I paid with 4242424242424242, why?', `I paid with ${card}, why?`],
  ['a card number in groups', 'card 4242 4242 4242 4242 exp 12/27', `card ${card} exp 12/27`],
  ['an American Express number', '3782-822463-10005', '[card number removed, ends in 0005]'],
  ['a card number and its check code', `4242 4242 4242 4242 cvv 123`, `${card} cvv [password removed]`],
  ['a card number with no-break spaces', '4242\u00a04242\u202f4242\u20094242', card],
  ['a card number with wide digits', '４２４２　４２４２　４２４２　４２４２', card],
  ['a card number with Arabic digits', 'بطاقتي ٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢', `بطاقتي ${card}`],
  ['a card number with invisible characters inside', '4242\u200b4242\u2060 42\u00ad42 4242\ufeff', `${card}\ufeff`],
  ['a card number of keycap emoji', '4️⃣2️⃣4️⃣2️⃣4️⃣2️⃣4️⃣2️⃣4️⃣2️⃣4️⃣2️⃣4️⃣2️⃣4️⃣2️⃣!', `${card}!`],
  ['a card number over two lines', '4242 4242\n4242 4242', card],
  ['a card number stuck to a word', 'card4242424242424242', `card${card}`],
  ['a card number after its brand', 'Visa: 4242.4242.4242.4242', `Visa: ${card}`],
  ['a card number after another number', '3 4242 4242 4242 4242', `3 ${card}`],
  ['two card numbers', '4242424242424242, 5555555555554444', `${card}, [card number removed, ends in 4444]`],
  ['a Stripe key', `it is ${key('sk_live_')}.`, 'it is [secret removed].'],
  ['a Stripe test key', key('sk_test_'), '[secret removed]'],
  ['a restricted Stripe key', key('rk_live_'), '[secret removed]'],
  ['a Slack token', `${key('xoxb-123456789012-')}!`, '[secret removed]!'],
  ['a GitHub token', `GH_TOKEN=${key('ghp_', 36)}`, 'GH_TOKEN=[secret removed]'],
  ['a fine-grained GitHub token', key('github_pat_', 30), '[secret removed]'],
  ['a GitLab token', key('glpat-', 20), '[secret removed]'],
  ['an AWS key id', 'use AKIAIOSFODNN7EXAMPLE now', 'use [secret removed] now'],
  ['a Google key', key('AIza', 35), '[secret removed]'],
  ['a SendGrid key', `SG.${key('', 22)}.${key('', 39)}`, '[secret removed]'],
  ['a webhook secret', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', '[secret removed]'],
  ['an OpenAI key', key('sk-proj-', 30), '[secret removed]'],
  ['a JSON Web Token', `session ${jwt}.`, 'session [secret removed].'],
  ['a bearer token, and leaves the word', `Authorization: Bearer ${key('')}`, 'Authorization: Bearer [secret removed]'],
  ['a key after "api key is"', `my API key is ${key('')}, ok?`, 'my API key is [secret removed], ok?'],
  ['a key after "token:"', 'token: 9f86d081884c7d659a2feaa0c55ad015', 'token: [secret removed]'],
  ['a key after "secret="', `?client_secret=${key('')}&x=1`, '?client_secret=[secret removed]&x=1'],
  ['a key in JSON', `{"api_key": "${key('')}"}`, '{"api_key": "[secret removed]"}'],
  ['a secret with an invisible character inside', 'sk_live\u200b_abcdefgh12345', '[secret removed]'],
  ['an IBAN', 'IBAN: DE89 3704 0044 0532 0130 00 is mine', 'IBAN: [IBAN removed] is mine'],
  ['an IBAN in small letters', 'gb82west12345698765432', '[IBAN removed]'],
  ['an IBAN stuck to its name', 'IBANFR1420041010050500013M02606', 'IBAN[IBAN removed]'],
  ['a password after "is"', 'my password is hunter2 and it fails', 'my password is [password removed] and it fails'],
  ['a password that is a word', 'My password is swordfish.', 'My password is [password removed].'],
  ['a password after "pw:"', 'pw: S3cret!pass', 'pw: [password removed]'],
  ['a German password', 'Passwort: geheim123, danke', 'Passwort: [password removed], danke'],
  ['a German password in a sentence', 'mein Passwort lautet geheim1', 'mein Passwort lautet [password removed]'],
  ['a French password', 'mot de passe : bonjour1', 'mot de passe : [password removed]'],
  ['a Russian password', 'пароль: qwerty12', 'пароль: [password removed]'],
  ['a Japanese password', 'パスワードはhunter2', 'パスワードは[password removed]'],
  [
    'a password for something',
    'the password for my login is hunter2',
    'the password for my login is [password removed]',
  ],
  ['a quoted password of several words', 'password: "correct horse"', 'password: "[password removed]"'],
  ['a password in JSON', '{"password":"hunter2","a":1}', '{"password":"[password removed]","a":1}'],
  ['a password in a setting', 'DB_PASSWORD=hunter2', 'DB_PASSWORD=[password removed]'],
  ['a password in an address', 'https://ann:hunter2@host/x', 'https://ann:[password removed]@host/x'],
  ['a PIN', 'my pin is 1234', 'my pin is [password removed]'],
];

const left: readonly (readonly [string, string])[] = [
  ['a request id', 'request id req_8f14e45fceea167a5a36dedd4bea2543'],
  ['a UUID', 'f47ac10b-58cc-4372-a567-0e02b2c3d479'],
  ['a UUID that is nearly all digits', '42424242-4242-4242-8242-a24242424242'],
  ['a ticket number', 'LK-4F2A9C1D and LK-42424242'],
  ['an order number', 'order 4242424242424243 of 1760000000000'],
  ['a number without a card brand', '1234567812345670'],
  ['a phone number', '+49 151 12345678, (415) 555-2671, 0044 20 7946 0958'],
  ['a phone number as long as a card', '+4222222222222'],
  ['a phone number without its plus', '49 151 12345670'],
  ['two phone numbers', '415-555-2671, 415-555-2679'],
  ['times in a log', '2026-10-09 14:41:22 - 2026-10-09 14:35:01.123456'],
  ['addresses and ports', 'from 54.239.128.100:50443 and 52.17.33.48, 52.17.33.49'],
  ['an e-mail address', 'mail ann.4242@example.com'],
  ['usage', 'Used 500,000 of 500,000 tokens: 5000000 more'],
  ['a publishable key', key('pk_live_')],
  ['a public key', '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----'],
  ['a commit', 'commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b'],
  ['a complaint about a password', 'my password is wrong. Password is not accepted! The password was reset'],
  ['a question about a password', 'What is my password? Password: required'],
  ['a masked password', 'password: ********'],
  ['an expired token', 'token is expired, token: authentication_required'],
  ['test results', 'pass: 3, fail: 1; pin 3 messages'],
  ['half a surrogate pair', 'a\ud800b\udc00'],
  ['a wrong IBAN', 'DE88 3704 0044 0532 0130 00'],
];

describe('redacting', () => {
  for (const [name, written, expected] of taken)
    it(`takes out ${name}`, () => assert.equal(redact(written).text, expected));

  for (const [name, text] of left) it(`leaves ${name}`, () => assert.deepEqual(redact(text), { text, removed: [] }));

  it('takes out a private key, whole or cut off', () => {
    const begin = '-----BEGIN RSA PRIVATE KEY-----\nMIIEow';
    assert.equal(redact(`a\n${begin}\n-----END RSA PRIVATE KEY-----\nb`).text, 'a\n[secret removed]\nb');
    assert.equal(redact(`a ${begin}IBAA\nKCAQEA`).text, 'a [secret removed]');
    assert.equal(redact(`a ${begin}\n—END RSA PRIVATE KEY—-`).text, 'a [secret removed]');
  });

  it('says what it took out, in the order of the text', () => {
    const text = `pw: hunter2 / 4242424242424242 / DE89370400440532013000 / ${jwt}`;
    assert.deepEqual(redact(text).removed, ['password', 'card-number', 'iban', 'secret']);
  });

  it('takes out once what is two things', () => {
    assert.deepEqual(redact('pin: 4242424242424242'), { text: `pin: ${card}`, removed: ['card-number'] });
    assert.deepEqual(redact(`password is ${key('ghp_')}`).removed, ['secret']);
  });

  it('keeps every other byte as it was', () => {
    assert.equal(
      redact('ﬁne… e\u0301\u200b 4242424242424242 ｏｋ ½\r\n').text,
      `ﬁne… e\u0301\u200b ${card} ｏｋ ½\r\n`,
    );
  });

  it('redacts the strings of a JSON value, however deep', () => {
    const value = { a: ['my pin is 1234', 1, null, { b: 'pw: hunter2' }], c: true };
    assert.deepEqual(redactJson(value), {
      a: ['my pin is [password removed]', 1, null, { b: 'pw: [password removed]' }],
      c: true,
    });
  });
});
