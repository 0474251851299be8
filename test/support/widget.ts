import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';

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
