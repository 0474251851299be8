import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { findings } from './browser.ts';

/** The widths at which the console's pages are drawn otherwise, in CSS pixels. */
const [wide, phone] = [1440, 360];

/** Opens a page of the console; axe finds nothing in it, wide and light, nor in its colours in the dark on a phone, which it fits. */
export async function isForEverybody(
  page: Page,
  url: string,
  sign: Locator,
  first?: () => Promise<void>,
): Promise<void> {
  await page.setViewportSize({ width: wide, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(url);
  await sign.filter({ visible: true }).first().waitFor();
  await first?.();
  assert.deepEqual(await findings(page), [], url);
  await page.setViewportSize({ width: phone, height: 800 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await sign.filter({ visible: true }).first().waitFor();
  assert.deepEqual(await findings(page, 'color-contrast'), [], `${url} in the dark, on a phone`);
  const width = await page.evaluate<number>('document.documentElement.scrollWidth');
  assert.ok(width <= phone, `${url} is ${width} wide`);
}
