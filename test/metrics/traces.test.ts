import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { isBot, latchkeyOf, openChat } from '../support/direct-line.ts';
import { startTestProduct } from '../support/product.ts';

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue: string } }[];
  readonly status: { readonly code?: number };
}

/** A collector that takes OTLP as JSON, or refuses it with `status`. */
async function startCollector(status = 200) {
  const bodies: unknown[] = [];
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      bodies.push({ path: request.url, body });
      response.statusCode = status;
      response.end('{}');
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const spans = () =>
    bodies.flatMap((one) => {
      const { body } = one as { body: { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] } };
      return body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
    });
  return { url: `http://127.0.0.1:${port}`, bodies, spans, stop: () => server.close() };
}

const factsOf = ({ attributes }: Span) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue]));

describe('traces', () => {
  it('are one for each turn, with a span for each part that it waited for, and no words of anybody', async () => {
    const collector = await startCollector();
    const product = await startTestProduct({ traces: collector.url });
    const chat = await openChat(product.url, 'over-limit');
    const stream = await chat.listen();
    const posted = await chat.write('I get access denied when I try to export');
    await stream.until((one) => latchkeyOf(one).verdict !== undefined);
    await stream.close();
    await product.stop();
    collector.stop();

    const spans = collector.spans();
    const turns = spans.filter(({ name }) => name === 'turn');
    assert.deepEqual(
      turns
        .map(factsOf)
        .map((facts) => facts['latchkey.activity'])
        .sort(),
      ['message', 'opened'],
    );
    const turn = turns.find((one) => factsOf(one)['latchkey.activity'] === 'message') ?? assert.fail();
    assert.deepEqual(factsOf(turn), {
      'latchkey.activity': 'message',
      'latchkey.intent': 'access-denied',
      'latchkey.certainty': 'acted',
      'latchkey.cause': 'monthly-limit',
      'latchkey.outcome': 'answered',
      'latchkey.result': 'answered',
      'latchkey.conversation': chat.id,
      'latchkey.request': posted.headers.get('x-request-id'),
    });
    const parts = spans.filter(({ parentSpanId }) => parentSpanId === turn.spanId);
    assert.deepEqual(parts.map(({ name }) => name).sort(), [
      ...['account-read', 'account-read', 'recognition', 'store-commit', 'store-read'],
    ]);
    assert.deepEqual(parts.flatMap((part) => factsOf(part)['latchkey.source'] ?? []).sort(), [
      'account-api',
      'status-page',
    ]);
    for (const part of parts) {
      assert.equal(part.traceId, turn.traceId);
      assert.ok(BigInt(part.startTimeUnixNano) >= BigInt(turn.startTimeUnixNano));
      assert.ok(BigInt(part.endTimeUnixNano) <= BigInt(turn.endTimeUnixNano));
    }
    const sent = JSON.stringify(collector.bodies);
    for (const words of ['denied when', 'Ada', 'acct_', 'export']) assert.ok(!sent.includes(words), words);
    assert.ok(sent.includes('"/v1/traces"') && sent.includes('"latchkey"'));
  });

  it('say which part failed, and how', async () => {
    const collector = await startCollector();
    const product = await startTestProduct({ traces: collector.url });
    product.demo.close();
    const chat = await openChat(product.url, 'over-limit');
    const stream = await chat.listen();
    await chat.write('I get access denied when I try to export');
    await stream.until((one) => latchkeyOf(one).verdict !== undefined);
    await stream.close();
    await product.stop();
    collector.stop();
    const reads = collector.spans().filter(({ name }) => name === 'account-read');
    assert.ok(reads.length > 0);
    for (const read of reads)
      assert.deepEqual([factsOf(read)['latchkey.result'], read.status.code], ['account-unreachable', 2]);
  });

  it('that a collector does not take hold up nobody, and are told to the operator', async () => {
    const collector = await startCollector(400);
    const product = await startTestProduct({ traces: collector.url });
    const chat = await openChat(product.url);
    const stream = await chat.listen();
    await stream.until(isBot);
    await stream.close();
    await product.stop();
    collector.stop();
    assert.ok(product.log.lines.some(({ level, message }) => level === 'warn' && message === 'traces were not sent'));
  });
});
