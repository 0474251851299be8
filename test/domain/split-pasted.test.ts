import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitPasted } from '../../src/domain/split-pasted.ts';

const json = '{\n  "error": "insufficient_scope",\n  "request_id": "req_8fa1"\n}';
const stack = 'AccessDeniedError: export\n    at send (app.js:10:3)\n    at run (app.js:2:1)';
const python =
  'Traceback (most recent call last):\n  File "/srv/app.py", line 2, in run\n    post(json={"x": 1})\napp.Denied: 403 Forbidden';
const http = 'HTTP/1.1 403 Forbidden\nx-request-id: req_8fa1\ncontent-type: application/json';

describe('what was pasted from a machine', () => {
  for (const [what, text, words, pasted] of [
    ['a document behind words', `I cannot export:\n${json}`, 'I cannot export:', json],
    ['a document between words', `It says ${json}\nSince today.`, 'It says\nSince today.', json],
    ['a document alone', json, '', json],
    ['a document on one line', 'I get {"code":403} when I export', 'I get\nwhen I export', '{"code":403}'],
    ['an error with its stack', `This came up\n${stack}\nWhat now?`, 'This came up\nWhat now?', stack],
    ['a traceback', `See\n${python}\nPlease help`, 'See\nPlease help', python],
    ['an answer with headers', `curl tells\n${http}`, 'curl tells', http],
    ['headers and a document', `${http}\n\n${json}\nHelp please`, 'Help please', `${http}\n\n${json}`],
  ] as const)
    it(`is told apart: ${what}`, () => assert.deepEqual(splitPasted(text), { words, pasted }));

  for (const text of [
    'I get access denied',
    'Note: I cannot export (error 403)',
    'It worked <3',
    'two\nlines: of words',
    '',
  ])
    it(`is nothing in: ${JSON.stringify(text)}`, () =>
      assert.deepEqual(splitPasted(text), { words: text, pasted: null }));

  it('loses nothing but spaces at its edges', () => {
    const piece = fc.constantFrom('{"', '}', ']', '<html>', '\n', ' at x', 'Error: no', 'key: v', 'words', ' ');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        const { words, pasted } = splitPasted(text);
        const letters = (one: string) => Array.from(one.replaceAll(/\s/g, '')).sort().join('');
        assert.equal(letters(words + (pasted ?? '')), letters(text));
      }),
    );
  });
});
