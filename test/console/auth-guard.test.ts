import assert from 'node:assert/strict';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Agent, Role } from '../../src/domain/agent.ts';
import { codeOf } from '../../src/domain/errors.ts';
import { createAuthGuard } from '../../src/console/auth-guard.ts';
import { createCookie } from '../../src/console/sign-in/cookies.ts';

const embedder = 'https://www.example.com';
const secret = 's'.repeat(43);
const signedIn = `latchkey_console=${secret}`;

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly roles?: readonly Role[];
  readonly publicUrl?: string | null;
}

/** A guard that knows one session, of somebody with these roles, and a request at it. */
function at({ method = 'GET', headers = {}, roles = ['agent'], publicUrl = 'https://help.example.com' }: Asked) {
  const agent: Agent = { id: 'idp|ada', name: 'Ada', email: 'ada@example.com', roles: [] };
  const guard = createAuthGuard({
    sessions: { find: (shown) => Promise.resolve(shown === secret ? agent : null) },
    cookie: createCookie('latchkey_console', '/console', 60, false),
    publicUrl,
    rolesNow: () => roles,
  });
  const request = Object.assign(new IncomingMessage(new Socket()), {
    method,
    headers: { host: 'help.example.com', ...headers },
  });
  return { guard, request };
}

const codeFrom = async (answer: Promise<unknown>) => answer.then(() => 'in', codeOf);

describe('the guard of the console', () => {
  const table: readonly (readonly [readonly Role[], readonly Role[], string])[] = [
    [['agent'], [], 'in'],
    [['agent'], ['agent'], 'in'],
    [['agent'], ['writer'], 'not-allowed'],
    [['agent'], ['operator'], 'not-allowed'],
    [['writer'], ['agent'], 'not-allowed'],
    [['writer'], ['writer'], 'in'],
    [['writer'], ['operator'], 'not-allowed'],
    [['operator'], ['agent'], 'not-allowed'],
    [['operator'], ['writer'], 'not-allowed'],
    [['operator'], ['operator'], 'in'],
    [['agent', 'operator'], ['operator'], 'in'],
    [['agent'], ['writer', 'agent'], 'in'],
    [['agent'], ['writer', 'operator'], 'not-allowed'],
    [[], [], 'not-signed-in'],
    [[], ['agent'], 'not-signed-in'],
  ];
  for (const [roles, needed, code] of table)
    it(`${roles.join(' and ') || 'no role'} where ${needed.join(' or ') || 'any role'} is needed: ${code}`, async () => {
      const { guard, request } = at({ roles, headers: { cookie: signedIn, origin: 'https://help.example.com' } });
      assert.equal(await codeFrom(guard.agentOf(request, ...needed)), code);
      assert.equal(await codeFrom(guard.agentOfUpgrade(request, ...needed)), code);
    });

  it('tells who it is, with the roles of now', async () => {
    const { guard, request } = at({ headers: { cookie: `a=1; ${signedIn}; b=2` } });
    assert.deepEqual(await guard.agentOf(request), {
      id: 'idp|ada',
      name: 'Ada',
      email: 'ada@example.com',
      roles: ['agent'],
    });
  });

  const cookies: readonly (readonly [string, string | undefined])[] = [
    ['no cookie', undefined],
    ['another secret', `latchkey_console=${'t'.repeat(43)}`],
    ['a part of the secret', signedIn.slice(0, -1)],
    ['more than the secret', `${signedIn}s`],
    ['a cookie of a longer name', `x${signedIn}`],
    ['a secret with something behind it', `${signedIn}"`],
    ['an empty secret', 'latchkey_console='],
  ];
  for (const [name, cookie] of cookies)
    it(`${name}: not signed in`, async () => {
      const { guard, request } = at({ headers: cookie === undefined ? {} : { cookie } });
      assert.equal(await codeFrom(guard.agentOf(request)), 'not-signed-in');
    });

  const json = 'application/json';
  const posts: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    ['our own page, as JSON', { origin: 'https://help.example.com', 'content-type': json }, 'in'],
    [
      'our own page, as JSON in UTF-8',
      { origin: 'https://help.example.com', 'content-type': `${json}; charset=utf-8` },
      'in',
    ],
    ['nobody knows where', { 'content-type': json }, 'origin-refused'],
    ['a site that may embed the widget', { origin: embedder, 'content-type': json }, 'origin-refused'],
    ['a sandboxed frame', { origin: 'null', 'content-type': json }, 'origin-refused'],
    ['our host over http', { origin: 'http://help.example.com', 'content-type': json }, 'origin-refused'],
    ['another port of our host', { origin: 'https://help.example.com:8443', 'content-type': json }, 'origin-refused'],
    [
      'a host that begins like ours',
      { origin: 'https://help.example.com.evil.example', 'content-type': json },
      'origin-refused',
    ],
    [
      'our own page, as a form',
      { origin: 'https://help.example.com', 'content-type': 'text/plain' },
      'body-wrong-type',
    ],
    [
      'our own page, as something like JSON',
      { origin: 'https://help.example.com', 'content-type': `${json}-x` },
      'body-wrong-type',
    ],
    ['our own page, as nothing', { origin: 'https://help.example.com' }, 'body-wrong-type'],
  ];
  for (const [name, headers, code] of posts)
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      it(`a ${method} from ${name}: ${code}`, async () => {
        const { guard, request } = at({ method, headers: { cookie: signedIn, ...headers } });
        assert.equal(await codeFrom(guard.agentOf(request)), code);
      });

  it('without PUBLIC_URL the host that was used is our own', async () => {
    const asked = (origin: string) =>
      at({
        method: 'POST',
        publicUrl: null,
        headers: { cookie: signedIn, host: 'localhost:3978', origin, 'content-type': json },
      });
    for (const [origin, code] of [
      ['http://localhost:3978', 'in'],
      ['http://localhost:3979', 'origin-refused'],
    ] as const) {
      const { guard, request } = asked(origin);
      assert.equal(await codeFrom(guard.agentOf(request)), code);
    }
  });

  for (const [name, origin] of [
    ['no origin', undefined],
    ['an embedding site', embedder],
  ] as const)
    it(`a WebSocket from ${name} is refused`, async () => {
      const { guard, request } = at({ headers: { cookie: signedIn, ...(origin !== undefined && { origin }) } });
      assert.equal(await codeFrom(guard.agentOfUpgrade(request)), 'origin-refused');
    });
});
