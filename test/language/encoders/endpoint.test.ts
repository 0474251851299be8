import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { createEndpointEncoder } from '../../../src/language/encoders/endpoint.ts';
import { encoderContract } from './contract.ts';

interface Asked {
  readonly model: string;
  readonly input: readonly string[];
}

/** An embeddings API as OpenAI's on a real socket: last text first, vectors of another length than 1. */
async function startApi(answer: (asked: Asked) => unknown, status = 200): Promise<Server> {
  const api = createServer((request, response) => {
    void json(request).then((body) => {
      const known = request.headers.authorization === 'Bearer key' && request.method === 'POST';
      response.writeHead(known ? status : 401, { 'content-type': 'application/json' });
      void Promise.resolve(answer(body as Asked)).then((answered) => response.end(JSON.stringify(answered)));
    });
  }).listen(0, '127.0.0.1');
  await once(api, 'listening');
  return api;
}

const embed = (text: string) => [3, text.length, 7];
const good = ({ input }: Asked) => ({
  object: 'list',
  data: input.map((text, index) => ({ object: 'embedding', index, embedding: embed(text) })).reverse(),
});
const open = (api: Server, key: string | null = 'key') =>
  createEndpointEncoder(
    { url: `http://127.0.0.1:${(api.address() as AddressInfo).port}/v1/embeddings`, model: 'small', key },
    fetch,
  );

describe('the encoder behind an API', () => {
  const apis: Server[] = [];
  const start = async (...args: Parameters<typeof startApi>) => {
    const api = await startApi(...args);
    apis.push(api);
    return api;
  };
  let working: Server;
  let silent: Server;
  before(async () => {
    working = await start(good);
    silent = await start(() => new Promise(() => undefined));
  });
  after(() => {
    for (const api of apis) {
      api.closeAllConnections();
      api.close();
    }
  });

  encoderContract(
    () => open(working),
    () => open(silent),
  );

  it('asks with the model and the key, and names itself by model and host', async () => {
    const asked: Asked[] = [];
    const api = await start((body) => {
      asked.push(body);
      return good(body);
    });
    const encoder = open(api);
    await encoder.encode(['a', 'b'], 5_000);
    assert.deepEqual(asked, [{ model: 'small', input: ['a', 'b'], encoding_format: 'float' }]);
    assert.match(encoder.name, /^small at 127\.0\.0\.1:\d+$/);
  });

  const bad: Readonly<Record<string, readonly [answer: (asked: Asked) => unknown, status?: number]>> = {
    'is out of order': [good, 503],
    'answers something else': [() => ({ hello: 'world' })],
    'leaves a text out': [({ input }) => ({ data: [{ index: 0, embedding: embed(input[0] ?? '') }] })],
    'mixes sizes': [({ input }) => ({ data: input.map((_, index) => ({ index, embedding: embed('').slice(index) })) })],
  };
  for (const [sentence, answer] of Object.entries(bad))
    it(`fails when the API ${sentence}`, async () => {
      await assert.rejects(open(await start(...answer)).encode(['a', 'b'], 5_000), { code: 'encoder-failed' });
    });

  it('fails when the API refuses the key', async () => {
    await assert.rejects(open(working, null).encode(['a'], 5_000), { code: 'encoder-failed' });
  });
});
