import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { answerByEmail } from '../../src/desks/how-to-answer.ts';
import { mailHtml } from '../../src/mail/mail-html.ts';
import { ticketHtml } from '../../src/tickets/ticket-html.ts';
import { openBrowser } from '../support/browser.ts';
import { situations, ticketIn } from '../tickets/situations.ts';

/** The first screen of a mail program on a laptop, and a phone; in CSS pixels. */
const [screen, phone] = [
  { width: 700, height: 560 },
  { width: 360, height: 640 },
];

describe('a ticket by mail', () => {
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await openBrowser();
    page = await browser.newPage();
  });
  after(() => browser.close());

  for (const [name, situation] of Object.entries(situations))
    it(`fits the first screen, and is no wider than a phone: ${name}`, async () => {
      const ticket = await ticketIn(situation);
      const place = { answer: answerByEmail(ticket), transcript: 'https://help.test/console/tickets/LK-KZXE8M3G' };
      await page.setViewportSize(screen);
      await page.setContent(mailHtml(ticket.number, ticketHtml(ticket, place)));
      const height = await page.evaluate<number>('document.body.scrollHeight');
      assert.ok(height <= screen.height, `${height} px`);
      await page.setViewportSize(phone);
      assert.equal(await page.evaluate<number>('document.documentElement.scrollWidth'), phone.width);
    });
});
