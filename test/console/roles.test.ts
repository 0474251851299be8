import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createConsole } from '../../src/console/index.ts';
import { roles, type Role } from '../../src/domain/agent.ts';
import { createEvents } from '../../src/domain/events.ts';
import { createBuiltInDesk } from '../../src/desks/built-in/index.ts';
import { createWebFiles } from '../../src/http/files.ts';
import { askForPerson, consoleWith } from '../support/console.ts';
import { call } from '../support/direct-line.ts';
import { content, fakeClock } from '../support/fakes.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

const everybody = 'everybody';
/** Who may use each path. A new one that stands not here fails the test. */
const mayUse: Readonly<Record<string, readonly Role[] | typeof everybody>> = {
  'get /console/sign-in': everybody,
  'post /console/sign-out': roles,
  'get /console': roles,
  'get /console/tickets/:number': roles,
  'get /console/insights': roles,
  'get /console/operations': roles,
  'get /console/audit': roles,
  'get /console/person': roles,
  'get /console/connect': roles,
  'get /console/api/me': roles,
  'get /console/api/tickets': roles,
  'get /console/api/tickets/:number': roles,
  'get /console/api/tickets/:number/replies': ['agent'],
  'get /console/api/colleagues': ['agent'],
  'get /console/api/screenshots/:id': ['agent', 'operator'],
  'get /console/api/audit': ['operator'],
  'get /console/api/operations': ['operator'],
  'post /console/api/person/export': ['operator'],
  'post /console/api/person/erase': ['operator'],
  'get /console/api/connect': ['agent'],
  'post /console/api/connect': ['agent'],
  'get /console/api/insights': roles,
  'get /console/insights.csv': ['writer', 'operator'],
  'post /console/api/tickets/:number/claim': ['agent'],
  'post /console/api/tickets/:number/assign': ['agent'],
  'post /console/api/tickets/:number/priority': ['agent'],
  'post /console/api/tickets/:number/merge': ['agent'],
  'post /console/api/tickets/:number/seen': ['agent'],
  'post /console/api/tickets/:number/release': ['agent'],
  'post /console/api/tickets/:number/reply': ['agent'],
  'post /console/api/tickets/:number/note': ['agent'],
  'post /console/api/tickets/:number/hand-back': ['agent'],
  'post /console/api/tickets/:number/close': ['agent'],
  'post /console/api/tickets/:number/reopen': ['agent'],
  'post /console/api/tickets/:number/requeue': ['operator'],
};

const mail = (role: Role) => `${role}@acme.example`;
const settings = {
  openId: null,
  oneTimeLinks: true,
  roles: { agent: [mail('agent')], writer: [mail('writer')], operator: [mail('operator')] },
};

describe('who may do what in the console', () => {
  let product: TestProduct;
  let ticket = '';
  before(async () => {
    product = await startTestProduct({ console: settings });
    for (const role of roles)
      await product.store.agentSessions.open(role, { id: role, name: role, email: mail(role), roles: [role] }, 1e15);
    ticket = (await askForPerson(product.url)).ticket;
  });
  after(() => product.stop());

  const asked = (route: string, secret: string | null, origin = product.url) => {
    const [method = '', path = ''] = route.split(' ');
    const cookie: Record<string, string> = secret === null ? {} : { cookie: `latchkey_console=${secret}` };
    const url = product.url + path.replace(':number', ticket).replace(':name', 'main.js');
    return call(url, method.toUpperCase(), method === 'post' ? {} : undefined, { ...cookie, origin });
  };

  it('is told for every path there is', () => {
    const { store } = product;
    const needs = {
      store,
      content,
      answerBy: () => null,
      causes: [],
      desk: createBuiltInDesk(store.queue),
      events: createEvents(),
    };
    const rest = {
      files: createWebFiles(),
      origins: { streamBase: () => '' },
      signIn: { settings, demo: true },
      clock: fakeClock(),
      operations: { known: [] },
    };
    const { routes } = createConsole({ ...needs, ...rest } as unknown as Parameters<typeof createConsole>[0]);
    assert.deepEqual(routes.map(([method, path]) => `${method} ${path}`).sort(), Object.keys(mayUse).sort());
  });

  it('is told in docs/console.md as it is', () => {
    const rows = readFileSync('docs/console.md', 'utf8').matchAll(/^\| [^|`]+ \|(.*)\|(.*)\|(.*)\| (`.*`) \|$/gm);
    const told = [...rows].flatMap(([, agent = '', writer = '', operator = '', paths = '']) =>
      [...paths.matchAll(/`([^`]+)`/g)].map(([, path = '']) => {
        const has = { agent, writer, operator };
        return [path, roles.filter((role) => has[role].includes('✓'))] as const;
      }),
    );
    const asked = Object.entries(mayUse).filter(([, who]) => who !== everybody);
    assert.deepEqual(
      Object.fromEntries(told),
      Object.fromEntries(asked.map(([path, who]) => [path, roles.filter((role) => who.includes(role))])),
    );
  });

  for (const [route, allowed] of Object.entries(mayUse).filter(([path]) => !path.endsWith('sign-out'))) {
    if (allowed === everybody) continue;
    it(`${route}: ${allowed.join(', ')} and nobody else`, async () => {
      for (const role of roles) {
        const { status } = await asked(route, role);
        if (allowed.includes(role)) assert.ok(![401, 403].includes(status), `${role}: ${status}`);
        else assert.equal(status, 403, role);
      }
      const isPage = !/\/api\/|\.csv$/.test(route);
      for (const secret of [null, 'another', '']) assert.equal((await asked(route, secret)).status, isPage ? 303 : 401);
    });

    if (route.startsWith('post '))
      it(`${route}: from a page of ours only`, async () => {
        for (const role of allowed) {
          assert.equal((await asked(route, role, 'https://evil.example')).body.error?.code, 'origin-refused');
          const plain = { cookie: `latchkey_console=${role}`, origin: product.url, 'content-type': 'text/plain' };
          const url = product.url + route.slice(5).replace(':number', ticket);
          assert.equal((await call(url, 'POST', '{}', plain)).body.error?.code, 'body-wrong-type');
        }
      });
  }

  it('is judged anew at every call: who signs out is out', async () => {
    const session = consoleWith(product.url, 'latchkey_console=agent');
    assert.equal((await session.get('me')).status, 200);
    assert.equal((await asked('post /console/sign-out', 'agent')).status, 200);
    assert.equal((await session.get('me')).status, 401);
  });
});
