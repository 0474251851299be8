import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { agent, startZendesk } from '../desks/zendesk-far-end.ts';
import { askForPerson, signIn } from '../support/console.ts';
import { call, latchkeyOf } from '../support/direct-line.ts';
import { fakeClock } from '../support/fakes.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

const webhookSecret = 'zendesk-signs-with-this';

describe('an agent who answers from Zendesk', () => {
  const clock = fakeClock();
  let zendesk: Awaited<ReturnType<typeof startZendesk>>;
  let product: TestProduct;
  before(async () => {
    zendesk = await startZendesk();
    product = await startTestProduct({ clock, desk: { name: 'zendesk', url: zendesk.url, ...agent, webhookSecret } });
  });
  after(async () => {
    await product.stop();
    zendesk.close();
  });

  /** As Zendesk posts it. */
  function post(type: string, ticket: string, told: object, secret = webhookSecret) {
    const detail = { external_id: ticket, actor_id: '7' };
    const body = JSON.stringify({
      type: `zen:event-type:ticket.${type}`,
      id: `${type} ${ticket}`,
      detail,
      event: told,
    });
    const timestamp = new Date(clock.now()).toISOString();
    const signature = createHmac('sha256', secret)
      .update(timestamp + body)
      .digest('base64');
    return call(`${product.url}/desk`, 'POST', body, {
      'x-zendesk-webhook-signature': signature,
      'x-zendesk-webhook-signature-timestamp': timestamp,
    });
  }
  const comment = (id: number, body: string) => ({
    comment: { id, body, is_public: true, author: { id: 7, is_staff: true, name: 'Grace Agent' } },
  });

  it('is heard in the chat, hears the customer, closes, and gets a ticket back that is not solved', async () => {
    const { ticket, chat, stream } = await askForPerson(product.url);
    const console = await signIn(product.url);
    const live = await console.stream();
    const state = async () =>
      ((await console.get(`tickets/${ticket}`)).body as unknown as { row: { state: string } }).row.state;
    while ((await state()) !== 'sent') await live.until(({ changed }) => changed === ticket);

    for (let i = 0; i < 3; i += 1)
      assert.equal((await post('comment_added', ticket, comment(1, 'Hello!'))).status, 200);
    const said = await stream.until((one) => latchkeyOf(one).kind === 'person');
    assert.deepEqual([said.text, (said.from as { name: string }).name], ['Hello!', 'Grace Agent']);
    assert.equal((await chat.activities()).filter((one) => latchkeyOf(one).kind === 'person').length, 1);

    await chat.write('It is still blocked');
    const filed = zendesk.tickets.find((one) => one.external_id === ticket) ?? assert.fail();
    while (filed.comments.length < 1) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.match(filed.comments[0] ?? '', /^It is still blocked\n/);

    await post('status_changed', ticket, { current: 'SOLVED', previous: 'OPEN' });
    await stream.until((one) => String(one.text).includes('Is your problem solved?'));
    assert.equal(await state(), 'closed');
    await chat.write('No, not yet');
    while (filed.comments.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(await state(), 'sent');
    live.close();
  });

  it('is not believed without Zendesk’s signature', async () => {
    const { ticket, chat } = await askForPerson(product.url);
    const answer = await post('comment_added', ticket, comment(2, 'Hello!'), 'another secret');
    assert.deepEqual([answer.status, answer.body.error?.code], [401, 'signature-invalid']);
    assert.ok(!(await chat.activities()).some((one) => latchkeyOf(one).kind === 'person'));
  });

  it('is not heard about a ticket that is not there', async () => {
    assert.equal((await post('comment_added', 'LK-NOTHERE', comment(3, 'Hello!'))).status, 200);
    assert.deepEqual(product.faults(), []);
  });
});
