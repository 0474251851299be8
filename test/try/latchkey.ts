import { saveLinkCode } from '../../src/store/links.ts';
import { person, settings, tenant, type Microsoft } from '../channels/teams/far-end.ts';
import { customerNamed } from '../support/customers.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';
import { noChannels } from '../support/settings.ts';

/** The Playground’s channel “Announcements”. */
const agents = 'channel-announcements-id';
const clock = { now: () => Date.now() };

/**
 * The whole product with Teams, in memory; whoever writes is linked to this sample customer. `connector`: the origin where
 * replies go.
 */
export async function startLatchkey(here: Microsoft, connector: string, customer: string): Promise<TestProduct> {
  const product = await startTestProduct({
    ...{
      clock,
      channels: { ...noChannels, teams: { ...settings, escalations: agents } },
      fetch: here.fetch,
    },
    microsoft: { ...here.endpoints, services: new Set([connector]), proactiveUrl: `${connector}/_connector` },
  });
  await link(product, customer);
  return product;
}

/** As a code does that the chat on the site gave. */
async function link({ db, store }: TestProduct, customer: string): Promise<void> {
  const found = customerNamed(customer);
  if (!found) return;
  const code = { code: 'LINK-TRY', subject: { ...found.person, verifiedBy: 'signed-identity' as const } };
  await db.transact(() => saveLinkCode({ ...code, until: clock.now() + 60_000 }, clock.now()));
  await store.links.redeem(code.code, `teams|${tenant}|${person}`);
}
