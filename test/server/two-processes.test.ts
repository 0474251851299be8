import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { Random } from '../../src/domain/ports.ts';
import pg from 'pg';
import { openPostgres } from '../../src/store/postgres/index.ts';
import { createBrowser } from '../console/browser.ts';
import { startProvider } from '../console/provider.ts';
import { startSignInServer } from '../console/sign-in-server.ts';
import { askForPerson, signIn } from '../support/console.ts';
import { newPostgresDatabase } from '../support/databases.ts';
import { bearer, call, chatOf, openChat, openStream } from '../support/direct-line.ts';
import { fakeClock, keptLog } from '../support/fakes.ts';
import { storeOver } from '../support/store.ts';
import { startTestProduct, type Differences, type TestProduct } from '../support/product.ts';

/** Two processes give the same id to nobody. */
const random: Random = { id: (length) => randomBytes(length).toString('base64url').slice(0, length) };
const manyReplies = 20;

/** Two products over one PostgreSQL; `differs`: of both. */
async function startTwo(differs: Differences = {}) {
  const { url: database, drop } = await newPostgresDatabase();
  const clock = fakeClock();
  const start = () => startTestProduct({ clock, random, database, log: keptLog(), ...differs });
  const [a, b] = [await start(), await start()];
  return {
    ...{ a, b, database, clock },
    async stop() {
      await Promise.all([a.stop(), b.stop()]);
      await drop();
    },
  };
}

const at = ({ url }: TestProduct, { id, token }: { readonly id: string; readonly token: string }) =>
  chatOf(url, { conversationId: id, token });

describe('two processes over one PostgreSQL', () => {
  let two: Awaited<ReturnType<typeof startTwo>>;
  before(async () => (two = await startTwo({ demo: false })));
  after(() => two.stop());

  it('open a stream once with a ticket that either gave, however many use it at both at once', async () => {
    const chat = await openChat(two.a.url);
    const { streamUrl } = (await chat.call('GET', '')).body;
    const address = new URL(String(streamUrl));
    const streams = await Promise.all(
      Array.from({ length: 20 }, async (_, i) => {
        address.host = new URL(i % 2 ? two.a.url : two.b.url).host;
        return openStream(address.href);
      }),
    );
    const refused: number[] = [];
    const allButOne = new Promise<void>((resolve) => {
      for (const one of streams)
        void one.closed.then((code) => {
          if (refused.push(code) === streams.length - 1) resolve();
        });
    });
    await chat.write('who is there?');
    await Promise.race(streams.map((one) => one.until(({ text }) => text === 'who is there?')));
    await allButOne;
    assert.deepEqual(new Set(refused), new Set([1008]));
    assert.equal(refused.length, 19);
    await Promise.all(streams.map((one) => one.close()));
  });

  it('let the operator in once with a link that the other printed', async () => {
    const link = new URL(await two.a.consoleLink());
    const visits = await Promise.all(
      Array.from({ length: 20 }, (_, i) => {
        const { host } = new URL(i % 2 ? two.a.url : two.b.url);
        return createBrowser().step(Object.assign(new URL(link), { host }).href);
      }),
    );
    const statuses = visits.map(({ status }) => status);
    assert.equal(statuses.filter((one) => one === 303).length, 1);
    assert.ok(
      statuses.every((one) => [303, 401, 429].includes(one)),
      String(statuses),
    );
  });

  it('have one limit on exchanged tokens', async () => {
    const chat = await openChat(two.a.url);
    let [token, times, status] = [chat.token, 0, 200];
    for (; status === 200 && times < 50; times += 1) {
      const { url } = times % 2 ? two.a : two.b;
      const answer = await call(`${url}/v3/directline/tokens/refresh`, 'POST', undefined, bearer(token));
      status = answer.status;
      if (status === 200) token = String(answer.body.token);
    }
    assert.deepEqual([status, times], [429, 21]);
  });

  it('have one limit on new conversations, however many are begun at once from one address', async () => {
    const few = await startTwo({ limits: { conversationsPerMinute: 40 } });
    const begin = (i: number) => call(`${(i % 2 ? few.a : few.b).url}/v3/directline/tokens/generate`, 'POST', {});
    const begun = await Promise.all(Array.from({ length: 200 }, (_, i) => begin(i)));
    await few.stop();
    const of = (status: number) => begun.filter((one) => one.status === status).length;
    assert.deepEqual([of(200), of(429)], [40, 160]);
  });

  it('tell each other which source failed again and again, once, and not that it is tried or answers', async () => {
    const heard: string[] = [];
    for (const [name, { events }] of [
      ['a', two.a],
      ['b', two.b],
    ] as const)
      events.on('breaker-opened-elsewhere', (source) => void heard.push(`${name} ${source}`));
    const { promise, resolve } = Promise.withResolvers<string>();
    two.b.events.on('breaker-opened-elsewhere', (source) => {
      if (source === 'status-page') resolve(source);
    });
    const { events } = two.a;
    for (const to of ['open', 'half-open', 'closed'] as const) events.emit('breaker-changed', 'stripe', to);
    // What is told after it is heard after it.
    while (heard.length === 0) await new Promise(setImmediate);
    for (const to of ['half-open', 'closed', 'open'] as const) events.emit('breaker-changed', 'status-page', to);
    await promise;
    assert.deepEqual(heard, ['b stripe', 'b status-page']);
  });
});

/** Ends the connections by which processes hear each other. */
async function cutRelays(database: string): Promise<void> {
  const client = new pg.Client(database);
  await client.connect();
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
     and (query like 'listen %' or query like 'select pg_notify%')`,
  );
  await client.end();
}

const ways = {
  'told to the other': true,
  'told over a line that is cut again and again': true,
  'and never told': false,
};
for (const [way, relay] of Object.entries(ways))
  describe(`what is stored at one process, ${way}`, () => {
    let two: Awaited<ReturnType<typeof startTwo>>;
    before(async () => (two = await startTwo({ relay })));
    after(() => two.stop());

    it('is on the stream of the other: every reply of an agent, in order', async () => {
      const { chat, ticket } = await askForPerson(two.a.url);
      const stream = await at(two.a, chat).listen();
      const agent = await signIn(two.b.url);
      assert.equal((await agent.act(ticket, 'claim', { from: null })).status, 200);
      const said = Array.from({ length: manyReplies }, (_, i) => `reply ${i}`);
      for (const [i, text] of said.entries()) {
        if (way.includes('cut')) await cutRelays(two.database);
        assert.equal((await agent.act(ticket, 'reply', { id: `reply-${i}`, text })).status, 200);
      }
      await stream.until(({ text }) => text === said.at(-1));
      assert.deepEqual(
        stream.texts().filter((text) => said.includes(text)),
        said,
      );
      await stream.close();
    });

    it('ends the streams of who signs out there, and nobody else’s', async () => {
      const [chat, other] = [await openChat(two.a.url), await openChat(two.a.url)];
      const [stream, others] = [await at(two.b, chat).listen(), await at(two.b, other).listen()];
      await call(`${two.a.url}/v3/directline/tokens/revoke`, 'POST', undefined, bearer(chat.token));
      assert.equal(await stream.closed, 1001);
      await other.write('still there');
      await others.until(({ text }) => text === 'still there');
      await others.close();
    });
  });

describe('a sign-in with OpenID Connect', () => {
  it('that begins at one process ends at the other', async () => {
    const { url, drop } = await newPostgresDatabase();
    const [clock, provider] = [fakeClock(), await startProvider()];
    const dbs = [url, url].map((one) => openPostgres({ url: one, connections: 3 }));
    const settings = { openId: provider.settings, roles: { agent: ['@example.com'] } };
    const [db, beside] = dbs;
    assert.ok(db && beside);
    await storeOver(db, clock);
    const publicUrl = 'http://127.0.0.1:9';
    const servers = [
      await startSignInServer({ ...settings, publicUrl, restarted: { db, clock, random } }),
      await startSignInServer({ ...settings, publicUrl, restarted: { db: beside, clock, random } }),
    ];
    try {
      const [a, b] = servers;
      assert.ok(a && b);
      await provider.open(`${publicUrl}/console/callback`);
      const browser = createBrowser();
      const asked = (await browser.step(`${a.url}/console/sign-in/openid`)).headers.get('location') ?? '';
      const back = new URL((await browser.go(asked, `${publicUrl}/console/callback`)).url);
      const cookie = browser.cookiesFor(`${a.url}/console/callback`);
      const ended = await browser.step(b.url + back.pathname + back.search, { headers: { cookie } });
      assert.equal(ended.status, 303, ended.text);
      const session = browser.cookiesFor(`${b.url}/console`);
      assert.equal((await createBrowser().step(`${a.url}/console`, { headers: { cookie: session } })).status, 200);
    } finally {
      for (const one of servers) one.stop();
      provider.stop();
      for (const one of dbs) await one.destroy();
      await drop();
    }
  });
});
