import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '../../src/web/widget/client.ts';
import { Memory } from '../../src/web/widget/memory.ts';

type Reply = readonly [status: number, body?: object];

interface Posted {
  readonly channelData: { readonly clientActivityID: string };
  readonly from?: unknown;
}

/** A Direct Line that answers as told, then well; it keeps the clientActivityIDs of the messages it took, by token. */
function fakeLine(faults: Partial<Record<'activities' | 'refresh', Reply[]>>, domain?: string) {
  const shelf = new Map<string, string>();
  const posted: string[] = [];
  const urls: string[] = [];
  const authors: unknown[] = [];
  let tokens = 0;
  const grant = () => ({ conversationId: 'c', token: `t${String(++tokens)}`, expires_in: 1800, streamUrl: 'ws://x' });
  const answer = (path: string, init: RequestInit): Reply => {
    if (path.endsWith('/refresh')) return faults.refresh?.shift() ?? [200, grant()];
    if (!path.endsWith('/activities'))
      return [200, path.endsWith('/generate') ? { ...grant(), ...(domain && { domain }) } : { streamUrl: 'ws://x' }];
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
    wait: () => pause(1),
    random: () => 0.5,
    newId: () => 'm1',
    locale: 'en',
    zone: 'UTC',
    changed: () => undefined,
    wantIdentity: () => undefined,
  });
  return { client, posted, shelf, urls, authors };
}

async function talk(...told: Parameters<typeof fakeLine>) {
  const line = fakeLine(...told);
  line.client.start();
  line.client.send('hello');
  await pause(60);
  line.client.signOut();
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
    await pause(30);
    assert.equal(client.entries[0]?.reason, 'Too long.');
    assert.match(shelf.get('latchkey.unsent') ?? '', /hello/);
    client.resend('m1');
    await pause(30);
    assert.deepEqual(
      [posted.length, client.entries.some(({ state }) => state), shelf.has('latchkey.unsent')],
      [2, false, false],
    );
    client.signOut();
    assert.equal(shelf.size, 0);
  });

  it('begins anew for a denial that is new, and only then', async () => {
    const claims = (more: object) => `x.${btoa(JSON.stringify({ sub: 'a', ...more }))}.s`;
    const { client } = fakeLine({});
    client.identify(claims({}));
    client.start();
    client.send('hello');
    await pause(30);
    client.identify(claims({ denial: { requestId: 'req_1' } }));
    assert.deepEqual(client.entries, []);
    client.start();
    client.send('once more');
    await pause(30);
    for (const again of [{ denial: { requestId: 'req_1' } }, {}]) client.identify(claims(again));
    assert.notDeepEqual(client.entries, []);
    client.signOut();
  });

  it('calls the domain of its grant ever after, and without one our own server', async () => {
    for (const domain of [undefined, 'https://line.test/v3/directline']) {
      const { client, urls, authors, shelf } = fakeLine({ activities: [[403]] }, domain);
      client.start();
      client.send('hello');
      await pause(60);
      const kept = JSON.parse(shelf.get('latchkey.session') ?? '{}') as { expires: number };
      const base = domain ?? '/v3/directline';
      client.signOut();
      assert.deepEqual(
        [...new Set(urls)].sort(),
        [
          '/v3/directline/tokens/generate',
          `${base}/conversations`,
          `${base}/conversations/c/activities`,
          `${base}/conversations/c?watermark=0`,
          `${base}/tokens/refresh`,
          ...(domain === undefined ? ['/v3/directline/tokens/revoke'] : []),
        ].sort(),
      );
      assert.deepEqual(authors[0], domain && { id: '' });
      const session = { conversationId: 'c', token: 't2', expires: kept.expires, started: true };
      assert.deepEqual(kept, { ...session, ...(domain && { domain }) });
    }
  });

  it('shows nothing of the old talk to another person', async () => {
    const { client } = fakeLine({});
    client.identify('x.eyJzdWIiOiJhIn0.s');
    client.start();
    client.send('secret');
    await pause(30);
    client.identify('x.eyJzdWIiOiJiIn0.s');
    assert.deepEqual(client.entries, []);
    client.signOut();
  });
});
