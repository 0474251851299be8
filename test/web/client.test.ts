import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { Client } from '../../src/web/widget/client.ts';
import { en } from '../../src/web/shared/words/en.ts';
import { Memory } from '../../src/web/widget/memory.ts';

type Reply = readonly [status: number, body?: object];

interface Posted {
  readonly channelData: { readonly clientActivityID: string };
  readonly from?: unknown;
}

/** A Direct Line that answers as told, then well; it keeps the clientActivityIDs of the messages it took, by token. */
function fakeLine(faults: Partial<Record<'activities' | 'refresh' | 'generate', Reply[]>>, domain?: string) {
  const shelf = new Map<string, string>();
  const posted: string[] = [];
  const urls: string[] = [];
  const authors: unknown[] = [];
  const begun: unknown[] = [];
  const outcomes: unknown[] = [];
  let [tokens, wanted] = [0, 0];
  const grant = () => ({ conversationId: 'c', token: `t${String(++tokens)}`, expires_in: 1800, streamUrl: 'ws://x' });
  const answer = (path: string, init: RequestInit): Reply => {
    if (path.endsWith('/refresh')) return faults.refresh?.shift() ?? [200, grant()];
    if (path.endsWith('/generate')) {
      const { localTimezone, locale, start, ...who } = JSON.parse(init.body as string) as Record<string, unknown>;
      assert.deepEqual([localTimezone, locale, start], ['UTC', 'en', true]);
      begun.push(who);
    }
    if (path.endsWith('/generate') && faults.generate?.length) return faults.generate.shift() ?? [200];
    if (!path.endsWith('/activities'))
      return [
        200,
        path.endsWith('/generate')
          ? { ...grant(), ...(domain && { domain, streamUrl: undefined }) }
          : { streamUrl: 'ws://x' },
      ];
    const { channelData, from } = JSON.parse(init.body as string) as Posted;
    authors.push(from);
    posted.push(`${new Headers(init.headers).get('authorization') ?? ''} ${channelData.clientActivityID}`);
    return faults.activities?.shift() ?? [200, { id: String(posted.length) }];
  };
  const request = (path: string, init: RequestInit = {}) => {
    urls.push(path);
    const [status, body = { error: { code: 'x', message: 'Too long.' } }] = answer(path, init);
    return Promise.resolve(Response.json(body, { status }));
  };
  const client = new Client({
    memory: new Memory({
      getItem: (key) => shelf.get(key) ?? null,
      setItem: (key, value) => void shelf.set(key, value),
      removeItem: (key) => void shelf.delete(key),
    }),
    fetch: request as typeof fetch,
    socket: () => ({ readyState: 1, close: () => undefined, send: () => undefined }) as unknown as WebSocket,
    wait: () => turn(),
    random: () => 0.5,
    newId: () => 'm1',
    words: en,
    locale: 'en',
    zone: 'UTC',
    changed: () => undefined,
    tellOutcome: (told) => void outcomes.push(told),
    wantIdentity: () => void (wanted += 1),
  });
  return { client, posted, shelf, urls, authors, begun, wanted: () => wanted };
}

/** Until the client has nothing to do: no clock and no network is in what it does here, only turns of the event loop. */
async function quiet(): Promise<void> {
  for (let turns = 0; turns < 100; turns += 1) await turn();
}

async function talk(...told: Parameters<typeof fakeLine>) {
  const line = fakeLine(...told);
  line.client.start();
  line.client.send('hello');
  await quiet();
  line.client.logout();
  return line;
}

describe('widget client', () => {
  it('sends again under the same id when the server is in trouble', async () => {
    const { posted } = await talk({ activities: [[503], [429]] });
    assert.deepEqual(posted, ['Bearer t1 m1', 'Bearer t1 m1', 'Bearer t1 m1']);
  });

  it('renews an expired token and sends again', async () => {
    const { posted } = await talk({ activities: [[403]] });
    assert.deepEqual(posted, ['Bearer t1 m1', 'Bearer t2 m1']);
  });

  it('begins a new conversation for what is unsent when renewing is refused', async () => {
    const { posted } = await talk({ activities: [[403]], refresh: [[403]] });
    assert.deepEqual(posted, ['Bearer t1 m1', 'Bearer t2 m1']);
  });

  it('says why a message was refused, keeps it over a reload, and sends it under the same id when asked', async () => {
    const { client, posted, shelf } = fakeLine({ activities: [[413]] });
    client.start();
    client.send('hello');
    await quiet();
    assert.equal(client.entries[0]?.reason, 'Too long.');
    assert.match(shelf.get('latchkey.unsent') ?? '', /hello/);
    client.resend('m1');
    await quiet();
    assert.deepEqual(
      [posted.length, client.entries.some(({ state }) => state), shelf.has('latchkey.unsent')],
      [2, false, false],
    );
    client.logout();
    assert.equal(shelf.size, 0);
  });

  it('begins anew for a denial that is new, and only then', async () => {
    const claims = (more: object) => `x.${btoa(JSON.stringify({ sub: 'a', ...more }))}.s`;
    const { client } = fakeLine({});
    client.identify(claims({}));
    client.start();
    client.send('hello');
    await quiet();
    client.identify(claims({ denial: { requestId: 'req_1' } }));
    assert.deepEqual(client.entries, []);
    client.start();
    client.send('once more');
    await quiet();
    for (const again of [{ denial: { requestId: 'req_1' } }, {}]) client.identify(claims(again));
    assert.notDeepEqual(client.entries, []);
    client.logout();
  });

  it('calls the domain of its grant ever after, and without one our own server', async () => {
    for (const domain of [undefined, 'https://line.test/v3/directline']) {
      const { client, urls, authors, shelf } = fakeLine({ activities: [[403]] }, domain);
      client.start();
      client.send('hello');
      await quiet();
      const kept = JSON.parse(shelf.get('latchkey.session') ?? '{}') as { expires: number };
      const base = domain ?? '/v3/directline';
      client.logout();
      assert.deepEqual(
        [...new Set(urls)].sort(),
        [
          '/v3/directline/tokens/generate',
          `${base}/conversations/c/activities`,
          `${base}/conversations/c?watermark=0`,
          `${base}/tokens/refresh`,
          // Only our own server begins a conversation with its token, and ends tokens.
          domain === undefined ? '/v3/directline/tokens/revoke' : `${base}/conversations`,
        ].sort(),
      );
      assert.deepEqual(authors[0], domain && { id: '' });
      const session = { conversationId: 'c', token: 't2', expires: kept.expires, started: true };
      assert.deepEqual(kept, { ...session, ...(domain && { domain }) });
    }
  });

  const identityOf = (more: object) => `x.${btoa(JSON.stringify({ sub: 'a', ...more }))}.s`;
  const refused: Reply = [401, { error: { code: 'identity-invalid', message: 'No.' } }];
  /** A client whose page has this identity, opened. */
  async function identified(identity: string | null, generate: Reply[]) {
    const line = fakeLine({ generate });
    line.client.identify(identity);
    line.client.start();
    await quiet();
    return line;
  }

  it('asks the page for a fresh identity where one is refused, once, and begins with that', async () => {
    const [old, fresh] = [identityOf({ jti: '1' }), identityOf({ jti: '2' })];
    const { client, begun, wanted } = await identified(old, [refused]);
    assert.deepEqual([client.status, wanted()], ['waiting', 1]);
    client.identify(fresh);
    await quiet();
    assert.deepEqual([begun, wanted(), client.session?.started], [[{ identity: old }, { identity: fresh }], 1, true]);
    client.logout();
  });

  for (const [name, answer, tried] of [
    ['the page has no other one', identityOf({ jti: '1' }), 1],
    ['the page can get none', null, 1],
    ['the next one is refused, too', identityOf({ jti: '2' }), 2],
  ] as const)
    it(`begins with nobody where an identity is refused and ${name}`, async () => {
      const { client, begun, posted, wanted } = await identified(
        identityOf({ jti: '1' }),
        [refused, refused].slice(0, tried),
      );
      client.send('hello');
      client.identify(answer);
      await quiet();
      assert.deepEqual([begun.length, begun.at(-1), wanted()], [tried + 1, { unconfirmed: true }, 1]);
      assert.deepEqual([posted.length, client.sentence], [1, ''], 'what was written meanwhile is sent');
      client.logout();
    });

  it('begins with nobody where the page could not get an identity', async () => {
    const { client, begun } = await identified(null, []);
    assert.deepEqual([begun, client.sentence], [[{ unconfirmed: true }], '']);
    client.logout();
  });

  it('keeps a talk with nobody in which something was written, and gives up one in which nothing was', async () => {
    for (const writes of [true, false]) {
      const { client, begun } = await identified(identityOf({ jti: '1' }), [refused]);
      client.identify(null);
      if (writes) client.send('hello');
      await quiet();
      const fresh = identityOf({ jti: '3' });
      client.identify(fresh);
      await quiet();
      assert.deepEqual(begun.slice(2), writes ? [] : [{ identity: fresh }]);
      client.logout();
    }
  });

  it('forgets with the person that an identity was refused', async () => {
    const { client, begun, shelf } = await identified(null, []);
    client.logout();
    assert.equal(shelf.size, 0);
    client.start();
    await quiet();
    assert.deepEqual(begun, [{ unconfirmed: true }, {}]);
    client.logout();
  });

  it('shows nothing of the old talk to another person', async () => {
    const { client } = fakeLine({});
    client.identify('x.eyJzdWIiOiJhIn0.s');
    client.start();
    client.send('secret');
    await quiet();
    client.identify('x.eyJzdWIiOiJiIn0.s');
    assert.deepEqual(client.entries, []);
    client.logout();
  });
});
