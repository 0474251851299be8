import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { startSlackApi } from '../channels/slack/far-end.ts';
import { formOf, pressOf, secret, signed } from '../channels/slack/posts.ts';
import { complaintsOf, findingsInBoth, openBrowser, picture } from '../support/browser.ts';
import { askForPerson } from '../support/console.ts';
import { fakeClock } from '../support/fakes.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';
import { noChannels } from '../support/settings.ts';

const board = 'C0BOARD';
const slack = {
  ...{
    signingSecret: secret,
    botToken: 'xoxb-not-a-real-token',
    appToken: null,
    appId: null,
    teams: [],
    trustedTeams: [],
  },
  escalations: board,
};

describe('an agent who presses “Claim” in Slack for the first time', () => {
  const clock = fakeClock();
  let api: Awaited<ReturnType<typeof startSlackApi>>;
  let product: TestProduct;
  let browser: Browser;
  before(async () => {
    api = await startSlackApi();
    product = await startTestProduct({
      ...{ clock, channels: { ...noChannels, slack } },
      fetch: (input, init) => fetch((input as string).replace('https://slack.com/api/', api.url), init),
    });
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await product.stop();
    api.stop();
  });

  /** Where the pressing agent is sent to; null: nowhere, for the ticket is theirs. */
  async function press(ticket: string): Promise<string | null> {
    const answers = () => [...api.of('chat.postEphemeral'), ...api.of('chat.update')];
    const before = answers().length;
    const told = api.of('chat.postEphemeral').length;
    const actions = [{ type: 'button', action_id: 'claim-ticket', value: ticket }];
    const user = { id: 'U1', name: 'ana.lopez', team_id: 'T1' };
    const { body, headers } = signed(formOf(pressOf(ticket, { actions, user, channel: { id: board } })), clock.now());
    await fetch(`${product.url}/slack/actions`, { method: 'POST', headers, body });
    while (answers().length === before) await new Promise((done) => setTimeout(done, 5));
    const [, path = null] =
      /(\/console\/connect\?who=[\w-]+)/.exec(JSON.stringify(api.of('chat.postEphemeral').slice(told))) ?? [];
    return path;
  }

  it('says in the console who they are, and then claims', async () => {
    const { ticket, stream } = await askForPerson(product.url);
    const path = (await press(ticket)) ?? assert.fail();
    const page = await browser.newPage({ viewport: { width: 900, height: 500 } });
    const complaints = complaintsOf(page, product.url);
    await page.goto(product.url + path);
    await page.getByText('Are you ana.lopez in Slack?').waitFor();
    await judge(page, 'connect');
    await page.getByRole('button', { name: 'Yes, that is me in Slack' }).click();
    await page.getByText('Done. Go back to Slack and press “Claim” again.').waitFor();
    await judge(page, 'connected');
    assert.deepEqual(complaints, []);
    assert.equal(await press(ticket), null);
    const { holder } = (await product.store.tickets.find(ticket))?.work ?? {};
    assert.equal(holder?.name, await page.locator('#who').textContent());
    await page.close();
    await stream.close();
  });

  it('is told when the link is too old, and what to do', async () => {
    const page = await browser.newPage();
    await page.goto(`${product.url}/console/connect?who=${'x'.repeat(22)}`);
    await page.getByText('Press “Claim” again to get a new one.').waitFor();
    await judge(page, 'connect-too-old');
    await page.close();
  });
});

async function judge(page: Page, name: string): Promise<void> {
  assert.deepEqual(await findingsInBoth(page), []);
  await picture(page, name);
}
