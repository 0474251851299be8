import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { TestProduct } from '../support/product.ts';
import type { Step } from './drive.ts';

const see = (page: Page, text: string | RegExp) => page.getByText(text).last().waitFor();
const press = (page: Page, label: string) => page.getByRole('button', { name: label }).last().click();

const welcome: Step = ['it welcomes and says that it is a bot', (page) => see(page, 'automated assistant')];

/** A talk of the customer over-limit, from the complaint to the ticket. */
const talk: readonly Step[] = [
  [
    'it says what blocks the customer',
    async (page) => {
      await page.locator('[data-lexical-editor=true][role=textbox]').click();
      await page.keyboard.type('I get access denied when I export');
      await page.keyboard.press('Enter');
      await see(page, 'Cause found');
      await see(page, /^Sources: your account \[1\]/);
      await see(page, 'Your monthly limit blocks');
    },
  ],
  [
    'it shows what was checked',
    async (page) => {
      await press(page, 'What I checked');
      await see(page, 'Ruled out');
    },
  ],
  [
    'it looks again when its button is pressed, which is gone then',
    async (page) => {
      await press(page, 'Check again');
      await see(page, 'I looked again');
      await see(page, 'You chose “Check again”.');
    },
  ],
  [
    'it gives a ticket number for a person',
    async (page) => {
      await press(page, 'Talk to a person');
      await see(page, /^LK-[0-9A-Z]{8}$/);
      await see(page, 'It is saved');
    },
  ],
];

/** An answer, and what its reader thinks of it. */
const feedback: readonly Step[] = [
  [
    'it answers from an article, which it cites',
    async (page) => {
      await page.locator('[data-lexical-editor=true][role=textbox]').click();
      await page.keyboard.type('how do I get an API key?');
      await page.keyboard.press('Enter');
      await see(page, '[1]');
      await see(page, 'Did this answer your question?');
    },
  ],
  [
    'it thanks for a thumb up',
    async (page) => {
      await page.getByRole('button', { name: /^like/i }).last().click();
      await page
        .getByRole('button', { name: /submit/i })
        .last()
        .click();
      await see(page, 'Thanks for the feedback');
      await press(page, 'Close');
    },
  ],
];

/** What agents see of it in a channel of their own. */
const claim: readonly Step[] = [
  [
    'it shows the ticket in the agents’ channel',
    async (page) => {
      await page.locator('[aria-label="My Team - Announcements"]').click();
      await see(page, 'Waiting');
    },
  ],
  [
    'it asks who wants to claim it',
    async (page) => {
      await press(page, 'Claim');
      await see(page, 'Say once in the console which agent you are');
      const [console] = await Promise.all([
        page.context().waitForEvent('page'),
        page.getByRole('link', { name: 'Connect with the console' }).click(),
      ]);
      await console.getByRole('button', { name: 'Yes, that is me in Teams' }).click();
      await see(console, 'You are connected with Teams');
      await console.close();
    },
  ],
  [
    'it is claimed, for all to see',
    async (page) => {
      await press(page, 'Claim');
      await see(page, 'Claimed by');
    },
  ],
];

/** That talk in the Playground at `url`, and that nobody else may write, and that nothing failed. */
export function stepsOf(url: string, latchkey: TestProduct): readonly Step[] {
  const refuses = async () => {
    const answer = await fetch(`${latchkey.url}/api/messages`, { method: 'POST', body: '{}' });
    assert.equal(answer.status, 401);
  };
  const complaints = () => latchkey.log.lines.filter(({ level }) => level !== 'info');
  return [
    ['it refuses what is not signed', refuses],
    ['it is reached by the Playground', (page) => page.goto(url)],
    welcome,
    ...feedback,
    ...talk,
    ...claim,
    ['it has nothing to complain of', () => Promise.resolve(complaints()).then((all) => assert.deepEqual(all, []))],
  ];
}
