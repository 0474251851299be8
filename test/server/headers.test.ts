import assert from 'node:assert/strict';
import { call } from '../support/direct-line.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

describe('every answer', () => {
  let product: TestProduct;
  before(async () => (product = await startTestProduct()));
  after(() => product.stop());
  const headersOf = async (path: string, method = 'GET') => (await call(product.url + path, method)).headers;

  const pages = ['/', '/widget/', '/articles/access-denied', '/console/sign-in', '/console', '/console/audit'];
  const api = [
    ...[
      '/health',
      '/console/api/me',
      '/console/api/tickets',
      '/console/api/insights',
      '/console/api/audit',
      '/console/insights.csv',
    ],
    ...['/v3/directline/conversations/x', '/v3/directline/conversations/x/activities', '/demo/customers', '/nothing'],
  ];

  for (const path of [...pages, ...api])
    it(`of ${path} says who may frame it`, async () => {
      assert.match((await headersOf(path)).get('content-security-policy') ?? '', /frame-ancestors [^;]/);
    });

  for (const path of api)
    it(`of ${path} is kept by nobody`, async () => {
      assert.equal((await headersOf(path)).get('cache-control'), 'no-store');
    });

  it('to a message is kept by nobody', async () => {
    for (const path of ['/v3/directline/tokens/generate', '/v3/directline/tokens/refresh', '/console/sign-out'])
      assert.equal((await headersOf(path, 'POST')).get('cache-control'), 'no-store', path);
  });
});
