import assert from 'node:assert/strict';
import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core';

/** Opens the chat on a page. */
export async function widgetOf(page: Page): Promise<Frame> {
  await page.getByRole('button', { name: 'Open help' }).click();
  return frameOf(page);
}

/** The chat on a page where it opens by itself. */
export async function frameOf(page: Page): Promise<Frame> {
  const element = await page.waitForSelector('iframe', { state: 'attached' });
  const frame = await element.contentFrame();
  assert.ok(frame);
  await frame.waitForURL('**/widget/**');
  return frame;
}

export async function write(widget: Frame, text: string): Promise<void> {
  await widget.getByRole('textbox').fill(text);
  await widget.getByRole('textbox').press('Enter');
}

/** Signs in as a sample customer. */
export const signInAs = (page: Page, customer: string) => page.getByLabel('Sign in as').selectOption(customer);

/** When the test product's clock stands still. */
const today = new Date('2026-11-22T10:12:00Z');

/** A page of the demo at that time, with a sample customer's chat open. */
export async function openChatOf(browser: Browser, url: string, customer: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ reducedMotion: 'reduce', timezoneId: 'UTC', ...options });
  await context.clock.setFixedTime(today);
  const page = await context.newPage();
  await page.goto(url);
  await signInAs(page, customer);
  await page.evaluate('Latchkey.open()');
  const widget = await frameOf(page);
  await widget.getByText('automated assistant', { exact: true }).waitFor();
  return { page, widget };
}

/** Writes what is answered with a verdict, steps and actions. */
export async function complain(widget: Frame): Promise<void> {
  await write(widget, 'I get access denied when I try to export');
  await widget.getByRole('button', { name: 'Talk to a person' }).waitFor();
}

/** Whether the beginning of an element is where the talk is read. */
export const isInSight = (widget: Frame, selector: string) =>
  widget.evaluate<boolean>(`(() => {
    const [box, place] = [${JSON.stringify(selector)}, '#scroll'].map((one) => document.querySelector(one).getBoundingClientRect());
    return box.top >= place.top && box.top < place.bottom - 20;
  })()`);

/** Uses an item of the menu. */
export async function useMenu(widget: Frame, item: string): Promise<void> {
  await widget.getByRole('button', { name: 'Menu' }).click();
  await widget.getByRole('button', { name: item }).click();
}
