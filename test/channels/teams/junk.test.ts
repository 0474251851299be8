import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { callRoute } from '../served.ts';
import { appId, tenant } from './far-end.ts';
import { startSite } from './site.ts';

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const id = (i: number) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
const signature = 'A'.repeat(342);

/** Tokens as in the attack on the SDK: a new tenant in each, some of an unknown key, some of a known one, some unsecured. */
function junk(i: number): string {
  const header = { alg: i % 5 === 0 ? 'none' : 'RS256', typ: 'JWT', kid: i % 10 === 1 ? 'one' : `junk-${i}` };
  const issuer = `https://login.microsoftonline.com/${id(i)}/v2.0`;
  const claims = { iss: issuer, aud: appId, tid: id(i), azp: appId, ver: '2.0', exp: 4_000_000_000, serviceurl: 'x' };
  return `${encoded(header)}.${encoded(claims)}.${signature}`;
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

describe('20,000 junk tokens', () => {
  it('leave nothing behind, fetch no keys, and make no later request slower', async () => {
    const site = await startSite();
    async function post(token: string, body: object): Promise<number> {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      return (await callRoute(site.product, '/api/messages', { body: JSON.stringify(body), headers })).status;
    }
    /** The median of good requests that have no effect, in ms. */
    async function good(): Promise<number> {
      const token = await site.microsoft.token();
      const times: number[] = [];
      for (let i = 0; i < 100; i += 1) {
        const before = performance.now();
        assert.equal(await post(token, site.activity({ type: 'messageReaction' })), 200);
        times.push(performance.now() - before);
      }
      return times.sort((a, b) => a - b)[50] ?? assert.fail();
    }
    async function flood(from: number, count: number): Promise<void> {
      for (let i = from; i < from + count; i += 1) {
        const conversation = { conversationType: 'personal', tenantId: tenant, id: `a:junk ${i}` };
        assert.equal(await post(junk(i), site.activity({ conversation, id: `junk ${i}` })), 401);
      }
    }
    await good();
    await flood(0, 1_000);
    const [keys, heap, before] = [site.microsoft.counts.keys, heapBytes(), await good()];
    await flood(1_000, 20_000);
    const [after, grown] = [await good(), heapBytes() - heap];
    await site.close();
    assert.ok(grown < 2_000_000, `the heap grew by ${grown} bytes`);
    assert.ok(after < before * 3 + 0.2, `a request took ${before} ms, and takes ${after} ms`);
    assert.equal(site.microsoft.counts.keys, keys);
  });
});
