import assert from 'node:assert/strict';
import type { Wire } from '../../../src/channels/wire.ts';
import { buttonsOf, call, isBot, latchkeyOf, newChat } from '../../support/direct-line.ts';
import { officialClient, type OfficialClient } from '../../support/official-client.ts';
import { startTestProduct, type TestProduct } from '../../support/product.ts';

const online = 2;

for (const webSocket of [true, false])
  describe(`the official client, ${webSocket ? 'by WebSocket' : 'by polling'}`, () => {
    let product: TestProduct;
    let client: OfficialClient;
    let told: Wire;
    let chat: { id: string; token: string };

    before(async () => {
      product = await startTestProduct();
      const { body } = await call(`${product.url}/demo/identity`, 'POST', { customer: 'over-limit' });
      chat = await newChat(product.url, String(body.identity));
      client = officialClient(product.url, { token: chat.token, webSocket });
    });
    after(async () => {
      client.end();
      await product.stop();
    });

    it('is greeted, by a bot that says so', async () => {
      const greeting = await client.until(isBot);
      assert.match(String(greeting.text), /Ada.*automated assistant/);
      assert.equal(client.statuses.at(-1), online);
    });

    it('gets its message back with its own clientActivityID and the id it was given', async () => {
      const text = 'I get access denied when I try to export';
      const id = await client.write(text);
      const echo = await client.until((one) => one.text === text);
      assert.equal(echo.id, id);
      assert.equal((echo.channelData as Wire).clientActivityID, `c-${text}`);
      assert.notEqual((echo.from as Wire).id, 'forged');
    });

    it('gets the verdict as data', async () => {
      told = await client.until((one) => latchkeyOf(one).kind === 'verdict');
      const findings = latchkeyOf(told).verdict as Record<string, string>[];
      const proved = findings.filter(({ status }) => status === 'proved');
      assert.deepEqual(
        proved.map(({ cause }) => cause),
        ['monthly-limit'],
      );
      assert.match(proved[0]?.fact ?? '', /500,000 of 500,000/);
      assert.equal(proved[0]?.readAt, '2026-11-22T10:12:00.000Z');
    });

    it('presses buttons by their value, and gets a ticket number as data', async () => {
      const offer = await client.until((one) => buttonsOf(one).includes('Talk to a person'));
      await client.write(buttonsOf(offer).at(-1) ?? '');
      const ticket = await client.until((one) => latchkeyOf(one).kind === 'ticket');
      const number = String(latchkeyOf(ticket).ticket);
      assert.match(String(ticket.text), new RegExp(number));
      assert.equal((await product.store.tickets.find(number))?.ticket.conversationId, chat.id);
    });

    it('was told everything once and in order', async () => {
      const { body } = await call(
        `${product.url}/v3/directline/conversations/${chat.id}/activities`,
        'GET',
        undefined,
        {
          authorization: `Bearer ${chat.token}`,
        },
      );
      const last = (body.activities as Wire[]).at(-1)?.id;
      await client.until((one) => one.id === last);
      assert.deepEqual(
        client.activities.map((one) => one.id),
        (body.activities as Wire[]).map((one) => one.id),
      );
    });

    it('gets the whole talk again after a reload with its watermark', async () => {
      const reloaded = officialClient(product.url, {
        token: chat.token,
        conversationId: chat.id,
        watermark: '0',
        webSocket,
      });
      const last = client.activities.at(-1)?.id;
      await reloaded.until((one) => one.id === last);
      reloaded.end();
      assert.deepEqual(reloaded.activities, client.activities);
    });

    it('gets only what is new after a reload with a later watermark', async () => {
      const from = client.activities[2]?.id;
      const watermark = String(Number(String(from).split('|')[1]));
      const reloaded = officialClient(product.url, {
        token: chat.token,
        conversationId: chat.id,
        watermark,
        webSocket,
      });
      const last = client.activities.at(-1)?.id;
      await reloaded.until((one) => one.id === last);
      reloaded.end();
      assert.deepEqual(reloaded.activities, client.activities.slice(3));
    });
  });
