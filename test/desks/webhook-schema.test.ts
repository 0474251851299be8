import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { lexer, type Tokens } from 'marked';
import { sampleCustomers } from '../../src/demo/customers.ts';
import { createTranscriptOf } from '../../src/desks/transcript.ts';
import { createWebhook } from '../../src/desks/webhook/index.ts';
import { webhookKey } from '../../src/desks/webhook/settings.ts';
import type { StoredActivity } from '../../src/domain/activity.ts';
import { ticketJson } from '../../src/tickets/ticket-json.ts';
import { isBot, latchkeyOf, openChat } from '../support/direct-line.ts';
import { fakeClock } from '../support/fakes.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';
import { root } from '../support/sources.ts';
import { anyTicket } from '../tickets/any-ticket.ts';
import { failureOf } from './contract.ts';
import { startReceiver } from './receiver.ts';
import { filed, later, ticketNumbered } from './tickets.ts';

const secret = `whsec_${Buffer.from('a secret of thirty-two bytes, ok').toString('base64')}`;
const key = webhookKey(secret) ?? assert.fail();

interface Schema {
  readonly properties?: Readonly<Record<string, unknown>>;
}
const written = JSON.parse(readFileSync(join(root, 'docs/webhook.schema.json'), 'utf8')) as Schema;
/** The schema, and no member besides: so that it names each. */
const closed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(closed);
  if (value === null || typeof value !== 'object') return value;
  const inner = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, closed(one)]));
  return 'properties' in value ? { ...inner, additionalProperties: false } : inner;
};
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, formats: { 'date-time': instant } });
const fits = ajv.compile(closed(written) as object);
const assertFits = (event: unknown) => assert.ok(fits(event), ajv.errorsText(fits.errors));

interface Event {
  readonly type: string;
  readonly data: { readonly transcript: readonly { from: string; text: string; name: string | null }[] };
}

describe('the schema of a webhook', () => {
  const clock = fakeClock();
  let product: TestProduct;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;
  before(async () => {
    receiver = await startReceiver(secret);
    product = await startTestProduct({ clock, desk: { name: 'webhook', url: new URL(receiver.url), key } });
  });
  after(async () => {
    await product.stop();
    receiver.close();
  });

  /** Talks until there is a ticket, then writes once more; what was posted of it. */
  async function eventsOf(customer: string | undefined): Promise<readonly Event[]> {
    const chat = await openChat(product.url, customer);
    const stream = await chat.listen();
    await stream.until(isBot);
    await chat.write('I get access denied when I try to export');
    await stream.until((one) => isBot(one) && !String(one.text).includes('automated assistant'));
    await chat.write('Talk to a person');
    const ticket = await stream.until((one) => latchkeyOf(one).kind === 'ticket');
    await stream.close();
    const number = String(latchkeyOf(ticket).ticket);
    clock.forward(1);
    await chat.write('Still locked out');
    const posted = () =>
      receiver.messages
        .filter(({ headers }) => String(headers['webhook-id']).startsWith(number))
        .map(({ body }) => JSON.parse(body) as Event);
    while (posted().length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    return posted();
  }

  for (const name of [undefined, ...sampleCustomers.map((one) => one.name)])
    it(`is that of what is really posted: ${name ?? 'nobody'}`, async () => {
      const events = await eventsOf(name);
      assert.deepEqual([...new Set(events.map(({ type }) => type))], ['ticket.created', 'ticket.message']);
      events.forEach(assertFits);
      const { transcript } = events[0]?.data ?? assert.fail();
      const said = transcript.filter(({ from }) => from === 'customer').map(({ text }) => text);
      assert.deepEqual(said, ['I get access denied when I try to export', 'Talk to a person']);
      assert.match(transcript.find(({ from }) => from === 'bot')?.text ?? '', /automated assistant/);
    });

  it('is that of every ticket', () => {
    const timestamp = '2026-11-22T10:00:00.000Z';
    fc.assert(
      fc.property(anyTicket, (ticket) => {
        const data: unknown = JSON.parse(JSON.stringify({ ...ticketJson(ticket), transcript: [] }));
        assertFits({ type: 'ticket.created', timestamp, data });
      }),
    );
  });

  it('is not that of anything else', () => {
    const timestamp = '2026-11-22T10:00:00.000Z';
    const data = { version: 1, number: 'LK-7', text: 'a', at: timestamp, seq: 1 };
    assertFits({ type: 'ticket.message', timestamp, data });
    for (const wrong of [
      { type: 'ticket.closed', timestamp, data },
      { type: 'ticket.created', timestamp, data },
      { type: 'ticket.message', timestamp, data: { ...data, version: 2 } },
      { type: 'ticket.message', timestamp: 'today', data },
      { type: 'ticket.message', timestamp, data: { ...data, more: 1 } },
    ])
      assert.ok(!fits(wrong));
  });
});

describe('the transcript of a ticket', () => {
  const at = ticketNumbered('LK-7').openedAt;
  const said = (seq: number, when: number, text = `words ${seq}`): StoredActivity => ({
    ...{ type: 'message', text, seq, at: when, author: 'dl_1' },
  });
  const transcriptOf = (stored: readonly StoredActivity[]) =>
    createTranscriptOf({
      lastSeq: () => Promise.resolve(stored.length),
      activitiesAfter: (_, seq, limit) => Promise.resolve(stored.slice(seq, seq + limit)),
    })(ticketNumbered('LK-7'));

  it('tells who said what, and nothing of what was taken back or is no message', async () => {
    const reply = { kind: 'person', name: 'Ada', text: 'Hello', actions: [] } as const;
    const stored: StoredActivity[] = [
      { type: 'event', name: 'opened', seq: 1, at, author: 'dl_1' },
      said(2, at - 1),
      said(3, at - 1, ''),
      { type: 'reply', reply, seq: 4, at: at - 1, author: null },
      { type: 'reply', reply: { ...reply, kind: 'text', text: 'Hi' } as never, seq: 5, at, author: null },
      said(6, at + 1),
    ];
    assert.deepEqual(
      (await transcriptOf(stored)).map(({ from, name, text }) => [from, name, text]),
      [
        ['customer', null, 'words 2'],
        ['person', 'Ada', 'Hello'],
        ['bot', null, 'Hi'],
      ],
    );
  });

  it('is the end of a long talk', async () => {
    const lines = await transcriptOf(Array.from({ length: 1_000 }, (_, i) => said(i + 1, at)));
    assert.deepEqual([lines.length, lines[0]?.text, lines.at(-1)?.text], [100, 'words 901', 'words 1000']);
  });
});

describe('the receiver of docs/webhook.md', () => {
  const document = readFileSync(join(root, 'docs/webhook.md'), 'utf8');
  const program = lexer(document).find((one): one is Tokens.Code => one.type === 'code' && one.lang === 'js')?.text;
  let [folder, printed] = ['', ''];
  let child: ChildProcess;
  let url: URL;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'receiver-'));
    writeFileSync(join(folder, 'receiver.mjs'), program ?? assert.fail());
    child = spawn(process.execPath, ['receiver.mjs'], {
      ...{ cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] },
      env: { ...process.env, WEBHOOK_SECRET: secret, PORT: '0' },
    });
    const port = await new Promise<string>((resolve) => {
      child.stdout?.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        const [, found] = /listening on (\d+)/.exec(printed) ?? [];
        if (found !== undefined) resolve(found);
      });
    });
    url = new URL(`http://127.0.0.1:${port}/tickets`);
  });
  after(async () => {
    child.kill();
    await once(child, 'exit');
    rmSync(folder, { recursive: true });
  });

  const deskWith = (differs: Partial<Parameters<typeof createWebhook>[0]> = {}) =>
    createWebhook({
      ...{ url, key, fetch, clock: { now: () => Date.now() }, transcriptOf: () => Promise.resolve([]) },
      toJson: (ticket) => ticketJson(ticket),
      ...differs,
    });

  it('takes a ticket, and one that comes again once, and what is written later', async () => {
    const ticket = ticketNumbered('LK-7');
    for (const again of [false, true]) await deskWith().take(ticket, { again });
    await deskWith().add(filed(ticket, 'webhook', null), later(17, 'Still blocked'), { again: false });
    assert.deepEqual(printed.trim().split('\n').slice(1), [
      `LK-7: ${ticketJson(ticket).headline}`,
      'LK-7: Still blocked',
    ]);
  });

  it('refuses what is signed with another secret, or long ago', async () => {
    const other = webhookKey(`whsec_${Buffer.alloc(32).toString('base64')}`) ?? assert.fail();
    for (const differs of [{ key: other }, { clock: fakeClock(0) }]) {
      const error = await failureOf(deskWith(differs).take(ticketNumbered('LK-8'), { again: false }));
      assert.equal((error as Error).message, 'The desk answered 401.');
    }
    assert.equal((await fetch(url, { method: 'POST', body: '{}' })).status, 401);
    assert.doesNotMatch(printed, /LK-8/);
  });
});
