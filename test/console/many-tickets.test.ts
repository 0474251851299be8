import assert from 'node:assert/strict';
import { afterWorking, openingTimes } from '../../src/domain/office-hours.ts';
import { askForPerson, signIn, type Console } from '../support/console.ts';
import type { Wire } from '../../src/channels/wire.ts';
import { latchkeyOf, type Called } from '../support/direct-line.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

interface Row {
  readonly number: string;
  readonly state: string;
  readonly holder: { readonly id: string } | null;
  readonly priority: string;
  readonly unread: number;
  readonly waitsSince: string | null;
  readonly answerBy: string | null;
  readonly mergedInto: string | null;
}
/** Hardly ever: what is counted day and night would be over sooner. */
const office = { zone: 'UTC', open: openingTimes('sun 03:00-03:30') ?? [] };
const workingAfter = (since: string | null, ms: number) => afterWorking(office, Date.parse(since ?? ''), ms);
const rowIn = ({ body }: Called) => (body as unknown as { row: Row }).row;
const pageIn = ({ body }: Called) => body as unknown as { tickets: Row[]; counts: { mine: number; unread: number } };

describe('an agent with many tickets', () => {
  let product: TestProduct;
  let [ana, ben]: Console[] = [];
  const first = () => ana ?? assert.fail();
  const second = () => ben ?? assert.fail();
  const idOf = async (agent: Console) =>
    ((await agent.get('me')).body as unknown as { agent: { id: string } }).agent.id;
  before(async () => {
    product = await startTestProduct({ responseTargets: { high: 60_000, normal: 3_600_000 }, office });
    [ana, ben] = [await signIn(product.url), await signIn(product.url)];
  });
  after(() => product.stop());
  afterEach('the server had no fault', () => assert.deepEqual(product.faults(), []));
  const row = async (ticket: string) => rowIn(await first().get(`tickets/${ticket}`));
  const claim = (ticket: string, agent = first()) => agent.act(ticket, 'claim', { from: null });

  it('sees that a customer wrote, until it was seen or answered, and by when to answer', async () => {
    const { ticket, chat, stream } = await askForPerson(product.url);
    await claim(ticket);
    const before = await row(ticket);
    assert.equal(Date.parse(before.answerBy ?? ''), workingAfter(before.waitsSince, 3_600_000));
    await first().act(ticket, 'reply', { id: 'r', text: 'Hello' });
    const answered = await row(ticket);
    assert.deepEqual([answered.unread, answered.waitsSince, answered.answerBy], [0, null, null]);
    await chat.write('It still says so');
    await stream.until((one) => one.text === 'It still says so');
    const { tickets, counts } = pageIn(await first().get('tickets?view=mine'));
    assert.deepEqual([tickets.find(({ number }) => number === ticket)?.unread, counts.unread], [1, 1]);
    await first().act(ticket, 'seen', { unread: 1 });
    const seen = await row(ticket);
    assert.deepEqual([seen.unread, seen.waitsSince !== null], [0, true]);
    assert.equal(pageIn(await first().get('tickets?view=mine')).counts.unread, 0);
  });

  it('assigns to a colleague; of two who do so at once one wins', async () => {
    const { ticket } = await askForPerson(product.url);
    const [anas, bens] = [await idOf(first()), await idOf(second())];
    const colleagues = (await first().get('colleagues')).body as unknown as { id: string }[];
    assert.ok([anas, bens].every((id) => colleagues.some((one) => one.id === id)));
    const done = await Promise.all([
      first().act(ticket, 'assign', { to: bens, from: null }),
      second().act(ticket, 'assign', { to: anas, from: null }),
    ]);
    assert.deepEqual(done.map(({ status }) => status).sort(), [200, 409]);
    const { holder, state } = await row(ticket);
    assert.equal(state, 'claimed');
    assert.equal((await first().act(ticket, 'assign', { to: 'a stranger', from: holder?.id ?? null })).status, 400);
    assert.equal(
      (await first().act(ticket, 'assign', { to: anas, from: 'nobody' })).status,
      holder?.id === anas ? 200 : 409,
    );
  });

  it('changes a priority from what was seen, and is to answer sooner by it', async () => {
    const { ticket } = await askForPerson(product.url);
    assert.equal((await first().act(ticket, 'priority', { to: 'high', from: 'low' })).status, 409);
    const { answerBy, waitsSince, priority } = rowIn(
      await first().act(ticket, 'priority', { to: 'high', from: 'normal' }),
    );
    assert.deepEqual([priority, Date.parse(answerBy ?? '')], ['high', workingAfter(waitsSince, 60_000)]);
    const { answerBy: none } = rowIn(await first().act(ticket, 'priority', { to: 'low', from: 'high' }));
    assert.equal(none, null);
    assert.equal((await first().act(ticket, 'priority', { to: 'now', from: 'low' })).status, 400);
  });

  it('merges two tickets of one person, and the customer reads in which they go on', async () => {
    const [one, two] = [await askForPerson(product.url, 'viewer'), await askForPerson(product.url, 'viewer')];
    await claim(two.ticket, second());
    assert.equal((await first().act(two.ticket, 'merge', { into: one.ticket })).status, 409);
    const merged = rowIn(await second().act(two.ticket, 'merge', { into: one.ticket }));
    assert.deepEqual([merged.state, merged.mergedInto], ['closed', one.ticket]);
    const told = `**${one.ticket}** are about one thing`;
    for (const { stream } of [one, two]) await stream.until((said) => String(said.text).includes(told));
    await two.chat.write('is anybody there?');
    await two.stream.until((said) => latchkeyOf(said).ticket === one.ticket);
    assert.equal((await row(one.ticket)).unread, 1);
    const { history } = (await first().get(`tickets/${one.ticket}`)).body as unknown as {
      history: { action: string }[];
    };
    assert.ok(history.some(({ action }) => action === 'merge'));
    assert.equal((await second().act(one.ticket, 'merge', { into: two.ticket })).status, 409);
  });

  it('shows an agent what is said in both conversations of merged tickets, and answers in both until they part', async () => {
    const [one, two] = [await askForPerson(product.url, 'viewer'), await askForPerson(product.url, 'viewer')];
    for (const { ticket } of [one, two]) await claim(ticket);
    await first().act(two.ticket, 'reply', { id: 'before', text: 'Wait a moment' });
    await two.stream.until((said) => said.text === 'Wait a moment');
    await first().act(two.ticket, 'merge', { into: one.ticket });
    await two.stream.until((said) => latchkeyOf(said).kind === 'person-left');
    const shown = await first().stream();
    shown.watch(one.ticket);
    const told = (text: string) => (frame: object) => JSON.stringify(frame).includes(text);
    assert.equal((await shown.until(told('Wait a moment'))).of, two.ticket);
    await two.chat.write('it is about the same file');
    assert.equal((await shown.until(told('about the same file'))).of, two.ticket);
    await first().act(one.ticket, 'reply', { id: 'after', text: 'I see both' });
    for (const { stream } of [one, two]) await stream.until((said) => said.text === 'I see both');
    // The bot is silent in both.
    await two.chat.write('thank you');
    await shown.until(told('thank you'));
    await first().act(one.ticket, 'hand-back', {});
    const goodbyes = () => two.stream.activities.filter((said) => latchkeyOf(said).kind === 'person-left').length;
    await one.stream.until((said) => latchkeyOf(said).kind === 'person-left');
    await two.stream.until(() => goodbyes() === 2);
    await first().act(one.ticket, 'reply', { id: 'again', text: 'Back again' });
    await two.stream.until((said) => said.text === 'Back again');
    await first().act(two.ticket, 'reopen', {});
    await two.stream.until(() => goodbyes() === 3);
    await first().act(one.ticket, 'reply', { id: 'alone', text: 'Only here' });
    await one.stream.until((said) => said.text === 'Only here');
    await shown.until(told('Only here'));
    assert.ok(!two.stream.activities.some((said) => said.text === 'Only here'));
    shown.close();
  });

  it('has merged tickets judged wherever the customer reads, once: later answers there change nothing', async () => {
    const [one, two] = [await askForPerson(product.url, 'viewer'), await askForPerson(product.url, 'viewer')];
    await claim(one.ticket);
    await first().act(two.ticket, 'merge', { into: one.ticket });
    const isAsked = ({ text }: Wire) => String(text).includes(`closed your ticket **${one.ticket}**`);
    const close = () => first().act(one.ticket, 'close', { cause: 'role-lacks-permission' });
    await close();
    for (const { stream } of [one, two]) await stream.until(isAsked);
    await two.chat.write('No, not solved');
    await two.stream.until(({ text }) => String(text).includes('is open again'));
    const { state, unread, waitsSince } = await row(one.ticket);
    assert.deepEqual([state, unread, waitsSince === null], ['waiting', 1, false]);
    await one.chat.write('Yes, it’s solved');
    await one.stream.until(({ text }) => String(text).startsWith(`Your ticket **${one.ticket}** reached our team`));
    assert.equal((await row(one.ticket)).state, 'waiting');

    const asked = () => two.stream.activities.filter(isAsked).length;
    await close();
    await two.stream.until(() => asked() === 2);
    await one.chat.write('Yes, it’s solved');
    await one.stream.until(({ text }) => String(text).startsWith('Good.'));
    await two.chat.write('No, not solved');
    await two.stream.until(({ text }) => String(text).startsWith('You have said in another conversation'));
    assert.equal((await row(one.ticket)).state, 'closed');
  });

  it('never merges those of two people, nor one with itself', async () => {
    const [one, two] = [await askForPerson(product.url, 'viewer'), await askForPerson(product.url, 'all-good')];
    for (const into of [two.ticket, one.ticket])
      assert.equal((await first().act(one.ticket, 'merge', { into })).body.error?.code, 'message-invalid');
    assert.equal((await first().act(one.ticket, 'merge', { into: 'LK-NOTHERE' })).status, 404);
    assert.equal((await row(one.ticket)).state, 'waiting');
  });

  it('finds tickets by words and names', async () => {
    const { ticket } = await askForPerson(product.url, 'over-limit');
    for (const q of ['access denied export', 'ADA', ticket.slice(3, 8)]) {
      const { tickets } = pageIn(await first().get(`tickets?q=${encodeURIComponent(q)}`));
      assert.ok(
        tickets.some(({ number }) => number === ticket),
        q,
      );
    }
    assert.equal((await first().get(`tickets?q=${'x'.repeat(321)}`)).status, 400);
  });

  it('answers with the writers’ texts, filled in; what the ticket does not hold is never sent', async () => {
    const { ticket, stream } = await askForPerson(product.url, 'over-limit');
    const replies = (await first().get(`tickets/${ticket}/replies`)).body as unknown as {
      shortcut: string;
      text: string;
    }[];
    const text = (shortcut: string) => replies.find((one) => one.shortcut === shortcut)?.text ?? '';
    assert.match(text('solved'), new RegExp(`^Good to hear, Ada. I close ${ticket} now`));
    assert.match(text('looking'), /^Hi Ada, this is .+ \(demo\)\. I am looking into Export/);
    await claim(ticket);
    const unfilled = 'It opens at {{opens}}, {{ customer }}';
    const refused = await first().act(ticket, 'reply', { id: 'u', text: unfilled });
    assert.deepEqual([refused.status, refused.body.error?.code], [400, 'reply-unfilled']);
    assert.equal(
      (await first().act(ticket, 'reply', { id: 'v', text: 'Write {{name}} in your template' })).status,
      200,
    );
    const said = await stream.until((one) => latchkeyOf(one).kind === 'person');
    assert.equal(said.text, 'Write {{name}} in your template');
  });
});
