import assert from 'node:assert/strict';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Called } from '../support/direct-line.ts';
import { isBot, latchkeyOf } from '../support/direct-line.ts';
import { askForPerson, consoleWith, signIn, type Console } from '../support/console.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

interface Detail {
  readonly row: {
    readonly state: string;
    readonly holder: { readonly name: string } | null;
    readonly trueCause: string;
  };
  readonly answering: { readonly name: string } | null;
  readonly notes: readonly { readonly text: string }[];
  readonly history: readonly { readonly action: string }[];
  readonly earlier: readonly { readonly number: string }[];
  readonly removed?: readonly string[];
}
const detailOf = ({ body }: Called) => body as unknown as Detail;

describe('agents and their tickets', () => {
  let product: TestProduct;
  let [ana, ben]: Console[] = [];
  const first = () => ana ?? assert.fail();
  const second = () => ben ?? assert.fail();
  before(async () => {
    product = await startTestProduct();
    [ana, ben] = [await signIn(product.url), await signIn(product.url)];
  });
  after(() => product.stop());
  afterEach('the server had no fault', () => assert.deepEqual(product.faults(), []));
  const ask = (customer?: string) => askForPerson(product.url, customer);

  it('two agents claim at once: one wins, and the other is told who', async () => {
    const { ticket } = await ask();
    const claims = await Promise.all([first(), second()].map((agent) => agent.act(ticket, 'claim', { from: null })));
    assert.deepEqual(claims.map(({ status }) => status).sort(), [200, 409]);
    const lost = claims.find(({ status }) => status === 409) ?? assert.fail();
    assert.equal(lost.body.error?.code, 'ticket-changed');
    const won = claims.find(({ status }) => status === 200) ?? assert.fail();
    const holder = (lost.body.ticket as Detail).row.holder;
    assert.deepEqual(holder, detailOf(won).row.holder);
  });

  it('a claim of what one has is no race', async () => {
    const { ticket } = await ask();
    for (let i = 0; i < 2; i += 1) assert.equal((await first().act(ticket, 'claim', { from: null })).status, 200);
    assert.equal(detailOf(await first().get(`tickets/${ticket}`)).history.length, 1);
  });

  it('a ticket is taken over only from whom one saw to have it', async () => {
    const { ticket } = await ask();
    await first().act(ticket, 'claim', { from: null });
    const { agent } = (await first().get('me')).body as unknown as { agent: { id: string } };
    assert.equal((await second().act(ticket, 'claim', { from: 'somebody else' })).status, 409);
    assert.equal((await second().act(ticket, 'claim', { from: agent.id })).status, 200);
    assert.equal((await first().act(ticket, 'reply', { id: 'r', text: 'mine?' })).status, 409);
  });

  it('a reply comes to the customer at once, under the person’s name, once however often it is sent', async () => {
    const { ticket, stream, chat } = await ask();
    await first().act(ticket, 'claim', { from: null });
    const said = { id: 'one', text: 'Hello,\nI raised your limit.' };
    await Promise.all(Array.from({ length: 10 }, () => first().act(ticket, 'reply', said)));
    const shown = await stream.until((one) => latchkeyOf(one).kind === 'person');
    const { name } = shown.from as { name: string };
    assert.match(name, /\(demo\)$/);
    assert.equal(shown.text, 'Hello,  \nI raised your limit.');
    const joined = await stream.until((one) => latchkeyOf(one).kind === 'person-joined');
    assert.ok(String(joined.id) < String(shown.id) && String(joined.text).includes(name));
    const all = await chat.activities();
    assert.equal(all.filter((one) => latchkeyOf(one).kind === 'person').length, 1);
    assert.equal(all.filter((one) => latchkeyOf(one).kind === 'person-joined').length, 1);
    assert.equal(detailOf(await first().get(`tickets/${ticket}`)).answering?.name, name);
  });

  it('a reply needs the claim', async () => {
    const { ticket } = await ask();
    assert.equal((await first().act(ticket, 'reply', { id: 'r', text: 'hello' })).status, 409);
  });

  it('the bot says nothing while a person answers, and answers again when they hand back', async () => {
    const { ticket, stream, chat } = await ask();
    await first().act(ticket, 'claim', { from: null });
    await first().act(ticket, 'reply', { id: 'r', text: 'I am here' });
    await chat.write('how much have I used?');
    await first().act(ticket, 'hand-back');
    await stream.until((one) => latchkeyOf(one).kind === 'person-left');
    await chat.write('how much have I used?');
    await stream.until((one) => isBot(one) && String(one.text).includes('tokens used'));
    const answers = (await chat.activities()).filter((one) => String(one.text).includes('tokens used'));
    assert.equal(answers.length, 1);
  });

  it('a closed ticket keeps the true cause and asks the customer; a no puts it among those that wait', async () => {
    const { ticket, stream, chat } = await ask();
    await first().act(ticket, 'claim', { from: null });
    const closed = detailOf(await first().act(ticket, 'close', { cause: 'no-seat' }));
    assert.deepEqual([closed.row.state, closed.row.trueCause], ['closed', 'no-seat']);
    await stream.until((one) => String(one.text).includes('Is your problem solved'));
    await chat.write('No, not yet');
    await stream.until((one) => String(one.text).includes('is open again'));
    const { row } = detailOf(await first().get(`tickets/${ticket}`));
    assert.deepEqual([row.state, row.holder], ['waiting', null]);
  });

  it('a cause that is none is refused, and so is closing what another has', async () => {
    const { ticket } = await ask();
    assert.equal((await first().act(ticket, 'close', { cause: 'the moon' })).status, 400);
    await first().act(ticket, 'claim', { from: null });
    assert.equal((await second().act(ticket, 'close', { cause: 'none' })).status, 409);
  });

  it('a note is for agents: the customer sees nothing of it; what must not be kept is taken out', async () => {
    const { ticket, chat } = await ask();
    const before = (await chat.activities()).length;
    const noted = detailOf(await first().act(ticket, 'note', { id: 'n', text: 'card 4111 1111 1111 1111' }));
    assert.deepEqual(noted.removed, ['card-number']);
    assert.deepEqual(
      noted.notes.map(({ text }) => text),
      ['card [card number removed, ends in 1111]'],
    );
    assert.equal((await chat.activities()).length, before);
  });

  it('the other tickets of the customer stand beside it', async () => {
    const [one, two] = [await ask('viewer'), await ask('viewer')];
    const { earlier } = detailOf(await first().get(`tickets/${two.ticket}`));
    assert.ok(earlier.some(({ number }) => number === one.ticket));
  });

  it('a list is paged by the last ticket, and counts stop at 100', async () => {
    const { body } = await first().get('tickets?view=waiting');
    const { tickets, next, counts } = body as unknown as {
      tickets: { number: string }[];
      next: null;
      counts: { waiting: number };
    };
    assert.equal(next, null);
    assert.equal(counts.waiting, tickets.length);
    const { number = '' } = tickets[0] ?? {};
    const rest = (await first().get(`tickets?view=waiting&after=${number}`)).body as unknown as { tickets: object[] };
    assert.equal(rest.tickets.length, tickets.length - 1);
    const found = (await first().get(`tickets?q=${number.toLowerCase()}`)).body as unknown as { tickets: object[] };
    assert.equal(found.tickets.length, 1);
  });

  it('every action is in the audit log, with who did it', async () => {
    const { ticket } = await ask();
    for (const [action, body] of [
      ['claim', { from: null }],
      ['reply', { id: 'r', text: 'hello' }],
      ['hand-back', {}],
      ['release', {}],
      ['claim', { from: null }],
      ['close', { cause: 'none' }],
      ['reopen', {}],
    ] as const)
      assert.equal((await first().act(ticket, action, body)).status, 200, action);
    const { history } = detailOf(await first().get(`tickets/${ticket}`));
    const done = ['claim', 'reply', 'hand-back', 'release', 'claim', 'close', 'reopen'];
    assert.deepEqual(history.map(({ action }) => action).sort(), done.sort());
    const { entries } = (await first().get('audit')).body as unknown as { entries: { ticket: string; by: object }[] };
    assert.equal(entries.filter((one) => one.ticket === ticket).length, done.length);
  });

  for (const [what, action, body] of [
    ['an unknown member', 'claim', { from: null, holder: 'me' }],
    ['no member', 'claim', {}],
    ['a text of 4,001 characters', 'note', { id: 'n', text: 'x'.repeat(4001) }],
    ['an empty text', 'note', { id: 'n', text: '' }],
    ['a text whose length is no number', 'note', { id: 'n', text: { length: 1 } }],
    ['a body where none belongs', 'release', { now: true }],
  ] as const)
    it(`${what} is refused with 400`, async () => {
      const { ticket } = await ask();
      const answer = await first().act(ticket, action, body);
      assert.deepEqual([answer.status, answer.body.error?.code], [400, 'message-invalid']);
    });

  it('a ticket that is not there: 404, for every action', async () => {
    for (const [action, body] of [
      ['claim', { from: null }],
      ['note', { id: 'n', text: 'x' }],
      ['close', { cause: 'none' }],
      ['requeue', {}],
    ] as const)
      assert.equal((await first().act('LK-NOTHERE', action, body)).status, 404, action);
  });
});

describe('the console’s stream', () => {
  let product: TestProduct;
  before(async () => (product = await startTestProduct()));
  after(() => product.stop());

  it('tells which ticket changed, and of the watched one all that is said', async () => {
    const console = await signIn(product.url);
    const stream = await console.stream();
    const { ticket, chat } = await askForPerson(product.url);
    await stream.until(({ changed }) => changed === ticket);
    stream.watch(ticket);
    const history = await stream.until((one) => one.ticket === ticket);
    assert.ok((history.activities as object[]).length > 3);
    await chat.write('Are you there?');
    await stream.until((one) => JSON.stringify(one).includes('Are you there?'));
    await console.act(ticket, 'claim', { from: null });
    await console.act(ticket, 'reply', { id: 'r', text: 'I am' });
    await stream.until((one) => JSON.stringify(one).includes('"I am"'));
    stream.watch(null);
    stream.close();
  });

  for (const text of ['no JSON', '{"watch":1}', '{"watch":"LK-1","watermark":"-1"}', '[]'])
    it(`ends when it is told ${text}`, async () => {
      const stream = await (await signIn(product.url)).stream();
      stream.send(text);
      assert.equal(await stream.closed, 1001);
    });

  it('is not for whoever is not signed in, or comes from another site', async () => {
    const { cookie } = await signIn(product.url);
    await assert.rejects(consoleWith(product.url, 'latchkey_console=nothing').stream(), /401/);
    const [url, headers] = [product.url.replace('http', 'ws'), { cookie, origin: 'https://evil.example' }];
    const socket = new WebSocket(`${url}/console/stream`, { headers });
    await assert.rejects(once(socket, 'open'), /403/);
  });
});
