import { readFileSync } from 'node:fs';
import { contentFolder } from '../../src/config.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { readLayers } from '../../src/knowledge/layers.ts';
import { loadContent } from '../../src/knowledge/load.ts';
import { snapshot } from '../diagnosis/snapshots.ts';
import { startChild as startMain } from '../support/child.ts';
import { openTalk, post } from './direct-line.ts';
import { temporaryFolder } from './folders.ts';
import { asMarkdown, judged, judgedHead } from './report.ts';
import { mixed } from './scripts.ts';

const starts = 7;

/** How long `npm start` takes until it listens, and how much memory it has then. */
export async function start(): Promise<string> {
  const folder = temporaryFolder();
  // The first one learns the words; the code has been compiled by whoever ran before, as after an update's second start.
  const first = await oneStart(folder);
  const later = [];
  for (let i = 0; i < starts; i += 1) later.push(await oneStart(folder));
  return asMarkdown([
    judgedHead,
    judged('the very first start, until it listens', [first.ms], 3_000, 'ms'),
    judged(
      'a later start, until it listens',
      later.map(({ ms }) => ms),
      800,
      'ms',
    ),
    judged(
      'memory when it listens',
      later.map(({ listening }) => listening),
      160,
      'MB',
    ),
    judged(
      'memory after one mixed talk',
      later.map(({ talked }) => talked),
      160,
      'MB',
    ),
    judged('one account judged by every cause', diagnoses(), 20, 'µs'),
  ]);
}

async function oneStart(folder: string) {
  const before = performance.now();
  const child = await startMain(folder);
  const ms = performance.now() - before;
  try {
    const listening = residentMb(child.pid);
    const port = Number(new URL(child.url).port);
    const { identity } = (await post(port, '/demo/identity', { customer: 'over-limit' })) as { identity: string };
    const talk = await openTalk(port, identity);
    for (const step of mixed.steps) await talk.say(step);
    talk.close();
    return { ms, listening, talked: residentMb(child.pid) };
  } finally {
    child.signal('SIGTERM');
    await child.ended;
  }
}

/** As Linux counts it. */
function residentMb(pid: number | undefined): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
}

/** Microseconds. */
function diagnoses(): number[] {
  const { content } = loadContent(readLayers([contentFolder]));
  const feature = content.catalog.features.find(({ slug }) => slug === 'export') ?? null;
  const about = { feature, catalog: content.catalog };
  const [many, given] = [40_000, snapshot()];
  const once = () => {
    const before = performance.now();
    for (let i = 0; i < many; i += 1) diagnose(given, about);
    return ((performance.now() - before) * 1_000) / many;
  };
  once();
  return Array.from({ length: 5 }, once);
}
