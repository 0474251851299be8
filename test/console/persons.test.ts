import assert from 'node:assert/strict';
import { askForPerson, signIn, type Console } from '../support/console.ts';
import { customerNamed } from '../support/customers.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

const { accountId: account, userId: user } = customerNamed('over-limit')?.person ?? assert.fail();

describe('one person’s data in the console', () => {
  let product: TestProduct;
  let desk: Console;
  let talk: Awaited<ReturnType<typeof askForPerson>>;
  before(async () => {
    product = await startTestProduct();
    desk = await signIn(product.url);
    talk = await askForPerson(product.url);
    await askForPerson(product.url, 'no-seat');
  });
  after(() => product.stop());

  const stored = async (asked = { account, user }) => {
    const { body, headers } = await desk.post('person/export', asked);
    assert.equal(headers.get('cache-control'), 'no-store');
    return Object.values(body.tables as Record<string, unknown[]>).flat().length;
  };
  const audit = async () =>
    (await product.store.audit.newest(20)).map(({ action, ticket, detail }) => [action, ticket, detail]);

  it('is found by the ids in their identity, and nothing is by others', async () => {
    assert.ok((await stored()) > 10);
    assert.equal(await stored({ account, user: 'another' }), 0);
    for (const body of [{}, { account }, { account, user: '' }, { account, user, all: true }])
      assert.equal((await desk.post('person/erase', body)).body.error?.code, 'message-invalid');
  });

  it('is erased: the chat ends at once, the ticket is gone from every list, and the log names nobody', async () => {
    const stream = await desk.stream();
    const { status, body } = await desk.post('person/erase', { account, user });
    assert.deepEqual([status, (body.removed as Record<string, number>).tickets], [200, 1]);
    await talk.stream.closed;
    assert.equal((await talk.chat.write('hello?')).status, 401);
    await stream.until((frame) => frame.changed === talk.ticket);
    stream.close();
    assert.equal((await desk.get(`tickets/${talk.ticket}`)).status, 404);
    assert.equal(((await desk.get('tickets')).body.tickets as unknown[]).length, 1);
    assert.equal(await stored(), 0);
    const entries = await audit();
    assert.deepEqual(
      entries.filter(([action]) => action === 'erase-person'),
      [['erase-person', null, null]],
    );
    assert.ok(!JSON.stringify(entries).includes(user));
    assert.deepEqual(product.faults(), []);
  });
});
