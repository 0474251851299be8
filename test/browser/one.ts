import { after } from 'mocha';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';

let opened: Promise<Browser> | undefined;

/** One browser for all files, for its start takes a second; every page has cookies of its own. */
export function oneBrowser(): Promise<Browser> {
  return (opened ??= openBrowser());
}

after(async () => (await opened)?.close());
