import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { startLatchkey } from './contestants/latchkey.ts';
import { post } from './direct-line.ts';
import { webChatBundle } from './web-chat/bundle.ts';
import { asMarkdown, judged, judgedHead, spreadOf } from './report.ts';

const greeting = 'automated assistant';

/** A page with a chat that opens by itself. */
interface Side {
  readonly name: string;
  readonly path: string;
  /** By somebody who was there before. */
  readonly again?: true;
}

/** What one visit cost: until the greeting can be read, in ms, and what came over the network for it, not out of the browser’s cache. */
interface Visit {
  readonly ms: number;
  readonly requests: number;
  readonly kB: number;
}

/** How soon the first greeting can be read: our widget beside official Web Chat, both from this server and by its Direct Line. */
export async function greetings(rounds: number): Promise<string> {
  const bot = await startLatchkey();
  const browser = await launchBrowser();
  const url = `http://127.0.0.1:${bot.child.port}`;
  const sides: readonly Side[] = [
    { name: 'our widget', path: '/widget/' },
    { name: 'Web Chat', path: '/stock' },
    { name: 'our widget, again', path: '/widget/', again: true },
  ];
  const found = sides.map((): Visit[] => []);
  try {
    // The first round is not counted.
    for (let round = -1; round < rounds; round += 1)
      for (const [i, { path, again }] of sides.entries()) {
        const context = again ? await browser.newContext() : await visitor(browser, bot.child.port);
        if (again) await visit(context, url + path);
        const visited = await visit(context, url + path);
        await context.close();
        if (round >= 0) found[i]?.push(visited);
      }
  } finally {
    await browser.close();
    await bot.stop();
  }
  return tables(sides, found);
}

/** A browser that knows nothing yet. Web Chat’s page and script are what its makers ship, sent as compactly as ours and kept as long. */
async function visitor(browser: Browser, port: number): Promise<BrowserContext> {
  const context = await browser.newContext();
  await context.route('**/stock', async (route) => {
    const { token } = (await post(port, '/v3/directline/tokens/generate', {})) as { token: string };
    await route.fulfill({ contentType: 'text/html', body: stockPage(token) });
  });
  await context.route('**/webchat.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: readFileSync(webChatBundle()) }),
  );
  return context;
}

function stockPage(token: string): string {
  return `<!doctype html><meta charset="utf-8"><div id="chat"></div><script src="/webchat.js"></script><script>
    const directLine = WebChat.createDirectLine({ token: '${token}', domain: location.origin + '/v3/directline' });
    WebChat.renderWebChat({ directLine }, document.getElementById('chat'));</script>`;
}

async function visit(context: BrowserContext, address: string): Promise<Visit> {
  const page = await context.newPage();
  let [requests, bytes] = [0, 0];
  const devTools = await context.newCDPSession(page);
  await devTools.send('Network.enable');
  devTools.on('Network.responseReceived', ({ response: { url, fromDiskCache } }) => {
    // An image that stands in the page is told of, too.
    if (!fromDiskCache && !url.startsWith('data:')) requests += 1;
  });
  devTools.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  const before = performance.now();
  await page.goto(address, { waitUntil: 'commit' });
  await page.getByText(greeting).last().waitFor();
  const ms = performance.now() - before;
  // What it told before it answers this is heard.
  await devTools.send('Network.disable');
  await page.close();
  return { ms, requests, kB: bytes / 1_000 };
}

function tables(sides: readonly Side[], found: readonly (readonly Visit[])[]): string {
  const median = (visits: readonly Visit[], figure: keyof Visit) => spreadOf(visits.map((one) => one[figure])).median;
  const rows = sides.map(({ name }, i) => {
    const visits = found[i] ?? [];
    return [
      name,
      median(visits, 'ms').toFixed(0),
      median(visits, 'requests').toFixed(0),
      median(visits, 'kB').toFixed(1),
    ];
  });
  const [ours = [], theirs = []] = found;
  const ratios = ours.map(({ ms }, i) => ms / (theirs[i]?.ms ?? NaN));
  const judgement = judged('our first greeting to Web Chat’s', ratios, 0.5);
  return [asMarkdown([['page', 'ms', 'requests', 'kB'], ...rows]), asMarkdown([judgedHead, judgement])].join('\n\n');
}
