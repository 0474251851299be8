import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';

/** What should be so, and what shows it: it throws otherwise. */
export type Step = readonly [string, (page: Page) => Promise<unknown>];

/** Takes the steps one after the other, up to the first that fails, and prints what passed. Whether all did. */
export async function drive(steps: readonly Step[]): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'try-teams-'));
  console.log(`screenshots in ${folder}`);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 1300 } });
    page.setDefaultTimeout(20_000);
    // Its fonts are Microsoft's; it does without.
    await page.route(/^https?:\/\/(?!localhost[:/])/, (route) => route.abort());
    for (const [index, [name, step]] of steps.entries()) {
      const failure = await step(page).then(
        () => undefined,
        (error: unknown) => error ?? 'failed',
      );
      await page.screenshot({ path: join(folder, `${index + 1}.png`) });
      console.log(`${failure === undefined ? 'PASS' : 'FAIL'} ${name}`);
      if (failure === undefined) continue;
      console.log(failure);
      return false;
    }
    return true;
  } finally {
    await browser.close();
  }
}
