import assert from 'node:assert/strict';
import { bearer, call, chatOf } from '../../support/direct-line.ts';
import { startTestProduct } from '../../support/product.ts';

describe('what a web client tells of whoever writes', () => {
  let product: Awaited<ReturnType<typeof startTestProduct>>;
  before(async () => {
    product = await startTestProduct();
  });
  after(() => product.stop());

  /** All that they read after a complaint. */
  async function read(asks: object, signed: object = {}, says: object = {}): Promise<string> {
    const at = (path: string) => `${product.url}/v3/directline/${path}`;
    const body = { customer: 'over-limit', ...signed };
    const { identity } = (await call(`${product.url}/demo/identity`, 'POST', body)).body;
    const given = (await call(at('tokens/generate'), 'POST', { identity, anew: true, ...asks })).body;
    const chat = chatOf(product.url, given as unknown as { conversationId: string; token: string });
    await call(at('conversations'), 'POST', {}, bearer(chat.token));
    const stream = await chat.listen();
    const said = { type: 'message', text: 'I get access denied when I try to export', ...says };
    await call(at(`conversations/${chat.id}/activities`), 'POST', said, bearer(chat.token));
    await stream.until((one) => String(one.text).includes('resets on'));
    await stream.close();
    return stream.texts().join('\n');
  }

  it('is their zone and their language from the first words on', async () => {
    const words = await read({ localTimezone: 'Asia/Tokyo', locale: 'fr-CA' });
    assert.match(words, /Pour l’instant, je ne comprends que l’anglais/);
    assert.match(words, /resets on 1 December at 09:00 your time/);
  });

  it('is their zone with each message, from clients that ask for their token without it', async () => {
    assert.match(await read({}, {}, { localTimezone: 'Asia/Tokyo' }), /at 09:00 your time/);
  });

  it('counts less than what the page signed', async () => {
    assert.match(await read({ localTimezone: 'Asia/Tokyo' }, { zone: 'Europe/Berlin' }), /at 01:00 your time/);
  });

  it('is left out where it is none: the chat begins', async () => {
    assert.match(await read({ localTimezone: 7, locale: '../x' }), /at 00:00 UTC/);
  });
});
