import assert from 'node:assert/strict';
import { createLog } from '../../src/http/log.ts';
import { createOrigins } from '../../src/http/origins.ts';
import { createServer } from '../../src/http/server.ts';
import { ofConversation, workIds } from '../../src/domain/work.ts';
import { call, openChat } from '../support/direct-line.ts';
import { keptLog } from '../support/fakes.ts';
import { startTestProduct } from '../support/product.ts';

type Line = Readonly<Record<string, unknown>>;

/** A log that keeps its lines as they are written. */
function writtenLog() {
  const lines: Line[] = [];
  const log = createLog({ write: (line) => void lines.push(JSON.parse(line) as Line) });
  return { lines, log };
}

const origins = createOrigins({ publicUrl: null, allowedOrigins: [], called: [] });

describe('lines of the log', () => {
  it('of a request have its id, which its sender gets, and its conversation as soon as that is known', async () => {
    const { lines, log } = writtenLog();
    const server = createServer({ log, origins });
    server.serve({
      routes: [
        [
          'get',
          '/told/:id',
          ({ params }) => {
            log.info({}, 'before');
            ofConversation(params.id ?? '');
            throw new Error('a fault of ours');
          },
        ],
      ],
      streams: [],
    });
    const url = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`;
    try {
      const answers = await Promise.all(['one', 'two'].map((id) => call(`${url}/told/${id}`, 'GET')));
      for (const [i, conversation] of ['one', 'two'].entries()) {
        const request = answers[i]?.headers.get('x-request-id');
        const mine = lines.filter((line) => line.request === request);
        assert.deepEqual(
          mine.map((line) => [line.msg, line.conversation]),
          [
            ['before', undefined],
            ['a request failed', conversation],
          ],
        );
      }
    } finally {
      await server.stop();
    }
  });

  it('of nothing in particular have no ids', () => {
    const { lines, log } = writtenLog();
    log.warn({ source: 'stripe' }, 'alone');
    assert.deepEqual(
      lines.map(({ msg, source, request, conversation }) => ({ msg, source, request, conversation })),
      [{ msg: 'alone', source: 'stripe', request: undefined, conversation: undefined }],
    );
  });

  it('of a turn have its conversation, and the request that brought its message, though turns wait for each other', async () => {
    const lines: Line[] = [];
    const kept = keptLog();
    const warn = (fields: object, message: string) => void lines.push({ ...workIds(), ...fields, message });
    const product = await startTestProduct({ log: { ...kept, warn } });
    product.demo.close();
    try {
      const chat = await openChat(product.url, 'over-limit');
      let turns = 0;
      const ended = new Promise<void>((resolve) => {
        product.events.on('turn-ended', ({ facts }) => {
          if (facts.activity === 'message' && (turns += 1) === 2) resolve();
        });
      });
      const asks = ['I get access denied when I try to export', 'I get access denied when I run automations'];
      const sent = await Promise.all(asks.map((words) => chat.write(words)));
      await ended;
      const told = lines.filter(({ message }) => message === 'a source could not be read');
      const ids = sent.map(({ headers }) => headers.get('x-request-id'));
      assert.deepEqual(new Set(told.map(({ request }) => request)), new Set(ids));
      assert.deepEqual(new Set(told.map(({ conversation }) => conversation)), new Set([chat.id]));
    } finally {
      await product.stop();
    }
  });

  it('of a request that is refused are none, and its sender has an id all the same', async () => {
    const product = await startTestProduct();
    try {
      for (const path of ['/nothing', '/health/live', '/v3/directline/conversations/x', '/widget.js']) {
        const { headers } = await call(product.url + path, 'GET');
        assert.match(headers.get('x-request-id') ?? '', /^[\w-]{20,}$/, path);
      }
    } finally {
      await product.stop();
    }
  });
});
