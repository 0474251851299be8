import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseJson } from '../../src/domain/parse-json.ts';

describe('a text as JSON', () => {
  it('is what it says, whatever that is', () =>
    fc.assert(fc.property(fc.json(), (text) => assert.deepEqual(parseJson(text), JSON.parse(text)))));

  for (const text of ['', ' ', '{', 'undefined', '{"a":1}}', 'NaN', "{'a':1}"])
    it(`is undefined where it is none: ${JSON.stringify(text)}`, () => assert.equal(parseJson(text), undefined));
});
