import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import {
  chromium as launcher,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Frame,
  type Page,
  type PageScreenshotOptions,
} from 'playwright-core';

// The package's own flags switch web security off; these are ours.
const flags =
  '--headless=shell --no-sandbox --disable-gpu --no-zygote --no-first-run --disable-background-networking --disable-component-update --disable-sync';

const folder = resolve(import.meta.dirname, '../../node_modules/.cache/chromium');

/**
 * Headless Chromium from npm alone. The package unpacks into the temporary folder, and its own libraries only where it
 * believes to be on Amazon Linux; so it gets a folder of ours and is told that it is.
 */
export async function launchBrowser(): Promise<Browser> {
  mkdirSync(folder, { recursive: true });
  const before = { ...process.env };
  Object.assign(process.env, { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' });
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    const executablePath = await chromium.executablePath();
    return await launcher.launch({
      executablePath,
      args: flags.split(' '),
      env: { ...process.env, TMPDIR: before.TMPDIR, FONTCONFIG_FILE: fonts() },
    });
  } finally {
    for (const name of ['TMPDIR', 'AWS_EXECUTION_ENV', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH']) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[name];
    }
  }
}

let running: Promise<Browser> | undefined;

/** The browser of a test file: with pages of its own, which closing it closes. All files of this process share one Chromium, which ends with it. */
export async function openBrowser(): Promise<Browser> {
  running ??= launchBrowser();
  const shared = await running;
  const opened: BrowserContext[] = [];
  return Object.assign(Object.create(shared) as Browser, {
    async newContext(options?: BrowserContextOptions) {
      const context = await shared.newContext(options);
      opened.push(context);
      return context;
    },
    async close() {
      for (const context of opened.splice(0)) await context.close();
    },
  });
}

/** Mocha's, once before all tests: the first start unpacks, and two processes must not do that at once. */
export async function mochaGlobalSetup(): Promise<void> {
  if (!existsSync(resolve(folder, 'fonts.conf'))) await (await launchBrowser()).close();
}

/** Mocha's, where the tests ran in its own process: an open browser would keep it. */
export async function mochaGlobalTeardown(): Promise<void> {
  await (await running)?.close();
}

/** The package's fonts where they are: its own settings look elsewhere, and Chromium ends without any. */
function fonts(): string {
  const file = resolve(folder, 'fonts.conf');
  if (existsSync(file)) return file;
  const places = `<dir>${folder}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${folder}/fonts-cache</cachedir>`;
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${places}</fontconfig>`,
  );
  return file;
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds in a page or a frame, by these of its rules; its script comes in from outside, past the page's own policy. */
export function findings(where: Page | Frame, ...rules: readonly string[]): Promise<string[]> {
  return violations(where, rules.length > 0 ? { runOnly: rules } : {});
}

const colours = 'color-contrast';

/** All that it finds but in colours, whose rule is the dearest: where the same elements are judged elsewhere. */
export function findingsButColours(where: Page | Frame): Promise<string[]> {
  return violations(where, { rules: { [colours]: { enabled: false } } });
}

async function violations(where: Page | Frame, options: object): Promise<string[]> {
  if (!(await where.evaluate<boolean>('"axe" in globalThis'))) await where.evaluate(axe);
  // What is in order is not told, and so not described either.
  const result = await where.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
    `axe.run(${JSON.stringify({ resultTypes: ['violations'], ...options })})`,
  );
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

/** What it finds in light; then in dark what colours alone can break, for the elements are the same. Leaves it in dark. */
export async function findingsInBoth(page: Page, where: Page | Frame = page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  const found = await findings(where);
  await page.emulateMedia({ colorScheme: 'dark' });
  return [...found, ...(await findings(where, colours))];
}

/** `PICTURES=<folder>`: what it looks like is kept there. */
export async function picture(page: Page, name: string, options: PageScreenshotOptions = {}): Promise<void> {
  const { PICTURES } = process.env;
  if (PICTURES) await page.screenshot({ ...options, path: join(PICTURES, `${name}.png`) });
}

/** Collects what a page complains about: errors, broken policies, requests to anywhere else. */
export function complaintsOf(page: Page, origin: string): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('data:'))
      complaints.push(`asked for ${request.url()}`);
  });
  return complaints;
}
