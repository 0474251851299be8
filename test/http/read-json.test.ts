import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { codeOf } from '../../src/domain/errors.ts';
import { parseJsonWithin, readJson, readText } from '../../src/http/read-json.ts';
import { readJsonAnswer } from '../../src/http/read-json-answer.ts';

const request = (body: string, type = 'application/json') =>
  Object.assign(Readable.from(body === '' ? [] : [Buffer.from(body)]), {
    headers: { 'content-type': type },
  }) as unknown as IncomingMessage;
const codeOfRejection = (reading: Promise<unknown>) => reading.then(() => 'none', codeOf);

describe('the JSON body of a request', () => {
  it('is what it says, and undefined where there is none', async () => {
    assert.deepEqual(await readJson(request('{"a":[1]}', 'Application/JSON; charset=utf-8')), { a: [1] });
    assert.equal(await readJson(request(' \n', 'text/plain')), undefined);
    assert.equal(await readJson(request('')), undefined);
  });

  for (const [why, body, type, code] of [
    ['another type', '{}', 'text/plain', 'body-wrong-type'],
    ['more than 256 KiB', ' '.repeat(262_145), 'application/json', 'body-too-large'],
    ['more than 32 levels', '['.repeat(33), 'application/json', 'body-too-deep'],
    ['no JSON', '{"a":', 'application/json', 'json-invalid'],
  ] as const)
    it(`is refused: ${why}`, async () => assert.equal(await codeOfRejection(readJson(request(body, type))), code));

  it('may have 256 KiB as text', async () => {
    assert.equal((await readText(request('x'.repeat(262_144)))).length, 262_144);
    assert.equal(await codeOfRejection(readText(request('x'.repeat(262_145)))), 'body-too-large');
  });
});

describe('how deep JSON nests', () => {
  for (const [text, limit] of [
    ['[[1]]', 2],
    ['{"a":[{"b":1}]}', 3],
    ['[[],[],[[]]]', 3],
    [String.raw`["[[[\"[[[","\\"]`, 1],
  ] as const)
    it(`is ${limit} in ${text}`, () => {
      assert.deepEqual(parseJsonWithin(limit, text), JSON.parse(text));
      assert.throws(() => parseJsonWithin(limit - 1, text), { code: 'body-too-deep' });
    });
});

describe('the JSON in an answer', () => {
  it('is what it says', async () => assert.deepEqual(await readJsonAnswer(Response.json({ a: 1 })), { a: 1 }));

  for (const [why, body, message] of [
    ['none', 'hunter2', 'the answer is no JSON'],
    ['nothing', null, 'the answer is no JSON'],
    ['more than 1 MiB', ' '.repeat(1_048_577), 'the answer is too large'],
  ] as const)
    it(`is an error without a word of it where it is ${why}`, async () =>
      assert.rejects(readJsonAnswer(new Response(body)), { message }));
});
