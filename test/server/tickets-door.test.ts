import assert from 'node:assert/strict';
import { assertRefused } from '../support/bad-answer.ts';
import { call, latchkeyOf, openChat } from '../support/direct-line.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

const key = 'K'.repeat(43);

async function askForPerson(product: TestProduct): Promise<string> {
  const chat = await openChat(product.url);
  const stream = await chat.listen();
  for (const text of ['access denied', 'Talk to a person', 'Export', 'No changes', 'Not sure']) await chat.write(text);
  const told = await stream.until((one) => latchkeyOf(one).ticket !== undefined);
  await stream.close();
  return String(latchkeyOf(told).ticket);
}

describe('the tickets’ pages', () => {
  it('are open in the demo, whose customers are made up', async () => {
    const product = await startTestProduct();
    const number = await askForPerson(product);
    const [list, one] = await Promise.all(
      ['', `/${number}`].map((path) => call(`${product.url}/tickets${path}`, 'GET')),
    );
    await product.stop();
    for (const page of [list, one]) {
      assert.equal(page?.status, 200);
      assert.match(String(page.body.text), new RegExp(number));
      assert.doesNotMatch(page.headers.get('content-security-policy') ?? 'unsafe', /unsafe/);
    }
  });

  describe('outside the demo', () => {
    let product: TestProduct;
    let number: string;
    before(async () => {
      product = await startTestProduct({ ticketsKey: key });
      number = await askForPerson(product);
    });
    after(() => product.stop());

    const get = (path: string, cookie?: string) =>
      call(`${product.url}/tickets${path}`, 'GET', undefined, cookie === undefined ? {} : { cookie });

    const wrong: readonly (readonly [string, string, string?])[] = [
      ['without a key', ''],
      ['with an empty key', '?key='],
      ['with another key', `?key=${'L'.repeat(43)}`],
      ['with the beginning of the key', `?key=${key.slice(0, -1)}`],
      ['with another cookie', '', `latchkey_tickets=${'L'.repeat(43)}`],
      ['with a cookie of another name', '', `xlatchkey_tickets=${key}`],
    ];
    for (const [name, query, cookie] of wrong)
      it(`are closed ${name}, whether the ticket is there or not`, async () => {
        for (const path of ['', `/${number}`, '/LK-NOTHING'])
          assertRefused(await get(path + query, cookie), 401, 'not-signed-in');
      });

    it('take the key out of the address into a cookie that only they get', async () => {
      const { status, headers } = await get(`?key=${key}`);
      const cookie = headers.get('set-cookie') ?? '';
      assert.deepEqual([status, headers.get('location')], [303, '/tickets']);
      for (const flag of ['HttpOnly', 'SameSite=Strict', 'Path=/tickets']) assert.ok(cookie.includes(flag), flag);
      const page = await get(`/${number}`, `other=1; ${cookie.split(';')[0] ?? ''}`);
      assert.equal(page.status, 200);
      assert.match(String(page.body.text), new RegExp(number));
    });

    it('are the only ones: the demo’s paths are not there', async () => {
      for (const path of ['/', '/demo/customers', '/demo/main.js'])
        assertRefused(await call(product.url + path, 'GET'), 404, 'not-found');
      assertRefused(await call(`${product.url}/demo/identity`, 'POST', { customer: 'all-good' }));
    });
  });
});
