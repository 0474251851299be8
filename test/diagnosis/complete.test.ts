import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { httpGet } from '../../src/accounts/get.ts';
import { createHttpAccounts } from '../../src/accounts/http.ts';
import { sampleCustomers } from '../../src/demo/customers.ts';
import { createSampleAccountApi } from '../../src/demo/sample-account-api.ts';
import { causes } from '../../src/diagnosis/causes/index.ts';
import { diagnose, nothingBlocks } from '../../src/diagnosis/diagnose.ts';
import { restoreSubject } from '../../src/identity/verify.ts';
import { couldNotCheck } from '../../src/knowledge/wording.ts';
import { accountApiKey } from '../support/account-api.ts';
import { content, fakeClock, keptLog, recognizer } from '../support/fakes.ts';
import { about, featureNamed } from './snapshots.ts';

const root = join(import.meta.dirname, '../..');
const files = (folder: string, ending: string) =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort();
const slugs = causes.map((cause) => cause.slug);
const told = [...slugs, nothingBlocks.slug, couldNotCheck];

describe('every cause', () => {
  it('has a file of its name, and every file is in the list', () => {
    assert.deepEqual(files('src/diagnosis/causes', '.ts'), ['index', ...slugs].sort());
  });

  it('has a page of its name, as nothing-blocks and could-not-check have', () => {
    assert.deepEqual(files('content/causes', '.md'), told.toSorted());
  });

  it('is in the list once', () => {
    assert.deepEqual([...new Set(slugs)], slugs);
  });

  for (const slug of told)
    it(`has a conversation: ${slug}`, () => {
      const chats = files('test/conversations', '.chat').filter((file) => file.startsWith(`${slug}-`));
      assert.notEqual(chats.length, 0, `write test/conversations/${slug}-….chat`);
    });
});

describe('every sample customer', () => {
  const leads = new Map<string, string | undefined>();

  before(async () => {
    const clock = fakeClock();
    const server = createSampleAccountApi(sampleCustomers, accountApiKey, clock).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const needs = { get: httpGet, clock, log: keptLog() };
    const accounts = createHttpAccounts({ url, key: accountApiKey, deadlineMs: 5_000 }, needs);
    for (const { name, says, person } of sampleCustomers) {
      const snapshot = await accounts.read(restoreSubject({ ...person, verifiedBy: 'signed-identity' }));
      const { feature } = (await recognizer().recognize(says)).entities;
      leads.set(name, diagnose(snapshot, about(feature === null ? null : featureNamed(feature))).lead?.cause);
    }
    server.closeAllConnections();
    server.close();
  });

  it('finds a cause with what they say first', () => {
    assert.deepEqual(Object.fromEntries(leads), {
      'over-limit': 'monthly-limit',
      'wrong-plan': 'plan-lacks-feature',
      'expired-session': 'not-identified',
      'payment-lapsed': 'payment-lapsed',
      'not-in-account': 'not-identified',
      'all-good': 'nothing-blocks',
    });
  });

  for (const slug of [...slugs, nothingBlocks.slug])
    it(`leaves no cause without a customer: ${slug}`, () => {
      assert.ok([...leads.values()].includes(slug), `add a customer to src/demo/customers.ts whom ${slug} blocks`);
    });

  it('is somebody else', () => {
    const people = sampleCustomers.map(({ person }) => `${person.accountId}/${person.userId}`);
    assert.equal(new Set(people).size, people.length);
    assert.equal(new Set(sampleCustomers.map(({ name }) => name)).size, people.length);
  });
});

describe('the catalog', () => {
  it('sells what the sample customers have', () => {
    const sold = content.catalog.features.map(({ slug }) => slug).sort();
    for (const { access } of sampleCustomers) {
      if (typeof access !== 'function') continue;
      const { entitlements, subscription } = access(0) as {
        entitlements: { feature: string }[];
        subscription: { plan: string };
      };
      assert.deepEqual(entitlements.map(({ feature }) => feature).sort(), sold);
      assert.ok(content.catalog.plans.some(({ slug }) => slug === subscription.plan));
    }
  });
});
