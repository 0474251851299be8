import assert from 'node:assert/strict';
import { rolesOf } from '../../src/identity/roles.ts';

const listed = {
  agent: ['@example.com', 'kim@partner.example'],
  writer: ['Ada@Example.com'],
  operator: ['ada@example.com', '@ops.example.com'],
};

describe('the roles of an e-mail address', () => {
  const table: readonly (readonly [string | null, readonly string[]])[] = [
    ['ada@example.com', ['agent', 'writer', 'operator']],
    ['ADA@EXAMPLE.COM', ['agent', 'writer', 'operator']],
    ['eve@example.com', ['agent']],
    ['kim@partner.example', ['agent']],
    ['\u212Aim@partner.example', []],
    ['eve@partner.example', []],
    ['eve@ops.example.com', ['operator']],
    ['eve@sub.example.com', []],
    ['eve@evilexample.com', []],
    ['eve@example.com.evil.example', []],
    ['eve@evil.example@example.com', []],
    ['eve@example.com@evil.example', []],
    ['eve @example.com', []],
    ['eve@example.com\n', []],
    ['@example.com', []],
    ['example.com', []],
    ['', []],
    [null, []],
  ];
  for (const [email, roles] of table)
    it(`${JSON.stringify(email)}: ${roles.join(', ') || 'none'}`, () =>
      assert.deepEqual(rolesOf(email, listed), roles));

  it('are none where nobody is listed', () => {
    assert.deepEqual(rolesOf('ada@example.com', { agent: [], writer: [], operator: [] }), []);
  });
});
