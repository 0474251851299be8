import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { httpGet } from '../../src/accounts/get.ts';
import { createHttpAccounts } from '../../src/accounts/http.ts';
import type { SampleCustomer } from '../../src/demo/customers.ts';
import { createSampleAccountApi } from '../../src/demo/sample-account-api.ts';
import { accountApiKey, accountApiUrl, fakeAccountApi, type AccountAnswer } from '../support/account-api.ts';
import { accountSourceContract, type FarEnd, type OpenFarEnd } from './contract.ts';
import { subject } from './fixture.ts';

const deadlineMs = 5_000;

/** The client against recorded answers. */
const mocked: OpenFarEnd = (farEnd, { clock, log }) => {
  const api = fakeAccountApi(() => answerOf(farEnd));
  const source = { url: accountApiUrl, key: accountApiKey, deadlineMs };
  const accounts = createHttpAccounts(source, { get: httpGet, clock, log });
  return Promise.resolve({ accounts, secret: accountApiKey, reads: api.reads, close: api.close });
};

function answerOf(farEnd: FarEnd): AccountAnswer {
  if (typeof farEnd === 'object') return { status: 200, body: farEnd.account };
  if (farEnd === 'unreachable') return 'refused';
  if (farEnd === 'refuses-our-key') return { status: 401, body: { error: { code: 'unauthorized' } } };
  return { status: 404, body: { error: { code: farEnd } } };
}

/** The client against the demo's own account API, over a real socket. */
const overHttp: OpenFarEnd = async (farEnd, { clock, log }) => {
  const server = createSampleAccountApi(customersOf(farEnd), accountApiKey, clock).listen(0, '127.0.0.1');
  let reads = 0;
  server.on('request', () => (reads += 1));
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const key = farEnd === 'refuses-our-key' ? 'another-key' : accountApiKey;
  const accounts = createHttpAccounts(
    { url: `http://127.0.0.1:${port}/`, key, deadlineMs },
    { get: httpGet, clock, log },
  );
  if (farEnd === 'unreachable') await stop();
  return { accounts, secret: key, reads: () => reads, close: stop };

  async function stop() {
    server.closeAllConnections();
    if (server.listening) await once(server.close(), 'close');
  }
};

function customersOf(farEnd: FarEnd): SampleCustomer[] {
  if (farEnd === 'account_not_found') return [];
  const person = { userId: subject.userId, accountId: subject.accountId, name: 'Ada' };
  const access = typeof farEnd === 'object' ? () => farEnd.account : 'user_not_in_account';
  return [{ name: 'ada', says: 'access denied', person, access }];
}

accountSourceContract('http, with recorded answers', mocked);
accountSourceContract('http, with the sample account API', overHttp);
