import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createResilientGet } from '../../src/accounts/resilient-get.ts';
import { createAccountReader } from '../../src/accounts/read-account.ts';
import { httpGet } from '../../src/accounts/http-get.ts';
import { createSources } from '../../src/accounts/index.ts';
import { sampleCustomers } from '../../src/demo/customers.ts';
import { startDemo } from '../../src/demo/index.ts';
import { causes } from '../../src/diagnosis/causes/index.ts';
import { diagnose, nothingBlocks } from '../../src/diagnosis/diagnose.ts';
import { restoreSubject } from '../../src/identity/verify.ts';
import { couldNotCheck } from '../../src/knowledge/wording.ts';
import { content, countingRandom, fakeClock, keptLog, recognizer } from '../support/fakes.ts';
import { restsOn } from './rests-on.ts';
import { about, featureNamed, members, tables } from './snapshots.ts';

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
    const pages = files('content/causes', '.md');
    const unwritten = told.filter((slug) => !pages.includes(slug)).map((slug) => `content/causes/${slug}.md`);
    assert.deepEqual(unwritten, [], 'write the page');
    assert.deepEqual(pages, told.toSorted());
  });

  it('is in the list once', () => {
    assert.deepEqual([...new Set(slugs)], slugs);
  });

  for (const { slug } of causes)
    it(`says what it rests on: ${slug}`, () => {
      assert.ok(slug in restsOn, `write in test/diagnosis/rests-on.ts what ${slug} rests on`);
    });

  for (const slug of told)
    it(`has a conversation: ${slug}`, () => {
      const chats = files('test/conversations', '.chat').filter((file) => file.startsWith(`${slug}-`));
      assert.notEqual(chats.length, 0, `write test/conversations/${slug}-….chat`);
    });
});

describe('every member of a snapshot', () => {
  for (const [table, values] of Object.entries(tables))
    it(`has a value in ${table}`, () => {
      for (const member of members)
        assert.ok(member in values, `add ${member} to ${table} in test/diagnosis/snapshots.ts`);
    });
});

describe('every sample customer', () => {
  const leads = new Map<string, string | undefined>();

  before(async () => {
    const clock = fakeClock();
    const demo = await startDemo(clock, countingRandom(), null);
    const needs = { get: httpGet, sleep, clock, random: countingRandom(), log: keptLog() };
    const sources = createSources({ ...demo, stripe: null }, content.catalog);
    const accounts = createAccountReader(sources, { ...needs, startReading: createResilientGet(needs) });
    for (const { name, says, person, object } of sampleCustomers) {
      const denial = { object };
      const snapshot = await accounts.read(restoreSubject({ ...person, verifiedBy: 'signed-identity', denial }));
      const { feature } = (await recognizer().recognize(says)).entities;
      leads.set(name, diagnose(snapshot, about(feature === null ? null : featureNamed(feature))).primary?.cause);
    }
    demo.close();
  });

  it('finds a cause with what they say first', () => {
    assert.deepEqual(
      Object.fromEntries(leads),
      {
        'over-limit': 'monthly-limit',
        'wrong-plan': 'plan-lacks-feature',
        'just-upgraded': 'still-propagating',
        'expired-session': 'not-identified',
        'not-in-account': 'not-identified',
        'other-sign-in': 'wrong-account',
        suspended: 'account-suspended',
        viewer: 'role-lacks-permission',
        'no-seat': 'no-seat',
        'seats-full': 'no-seat',
        'too-fast': 'rate-limited',
        'out-of-credit': 'credit-exhausted',
        'twice-blocked': 'no-seat',
        'payment-lapsed': 'payment-lapsed',
        'past-due': 'nothing-blocks',
        'trial-ended': 'trial-ended',
        'open-terms': 'terms-not-accepted',
        deactivated: 'user-deactivated',
        'locked-out': 'locked-out',
        'no-single-sign-on': 'sign-in-method-required',
        unconfirmed: 'not-verified',
        'other-network': 'network-blocked',
        'switched-off': 'feature-not-enabled',
        'not-shared': 'not-shared-with-you',
        'key-without-scope': 'key-lacks-scope',
        'during-an-incident': 'incident',
        'all-good': 'nothing-blocks',
      },
      'say in this test what each customer of src/demo/customers.ts finds',
    );
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
