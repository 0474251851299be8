import { setTimeout as sleep } from 'node:timers/promises';
import { createCarefulGet } from '../../src/accounts/careful-get.ts';
import { createSources } from '../../src/accounts/index.ts';
import { createPeople } from '../../src/accounts/people.ts';
import { httpGet } from '../../src/accounts/get.ts';
import type { Limits } from '../../src/channels/direct-line/direct-line.ts';
import { startDemo } from '../../src/demo/demo.ts';
import type { Clock } from '../../src/domain/ports.ts';
import { microsoft, type FarEnds } from '../../src/channels/teams/far-ends.ts';
import { boardsOf, type ChannelSettings } from '../../src/channels/index.ts';
import type { DeskSettings } from '../../src/desks/index.ts';
import type { ConsoleSettings } from '../../src/identity/settings.ts';
import { startProduct } from '../../src/product.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { createStore } from '../../src/store/store.ts';
import { content, countingRandom, fakeClock, keptLog, recognizer } from './fakes.ts';

export type TestProduct = Awaited<ReturnType<typeof startTestProduct>>;

/** How a test's product differs from the demo in memory, with a clock that stands still. */
export interface Differences {
  readonly clock?: Clock;
  readonly limits?: Partial<Limits>;
  readonly allowedOrigins?: readonly string[];
  /** Not the demo, when false: its paths are not there, and the console is behind a one-time link. */
  readonly demo?: boolean;
  readonly desk?: DeskSettings;
  readonly channels?: ChannelSettings;
  readonly metricsKey?: string;
  readonly fetch?: typeof fetch;
  readonly microsoft?: FarEnds;
  readonly console?: ConsoleSettings;
}

const noLimits: Limits = { messagesPer10s: 100_000, conversationsPerMinute: 100_000 };

/** The real product on a free port of this machine, over real HTTP, with the demo's account API beside it. */
export async function startTestProduct(differs: Differences = {}) {
  const { clock = fakeClock(), limits = {}, allowedOrigins = [], desk = null } = differs;
  const nobody = { openId: null, roles: { agent: [], writer: [], operator: [] } };
  const printed: string[] = [];
  const [log, random] = [keptLog(), countingRandom()];
  const db = openSqlite(':memory:');
  const channels = differs.channels ?? { teams: null, slack: null, azure: null };
  const store = await createStore(db, clock, desk?.name ?? 'built-in', boardsOf(channels));
  const demo = await startDemo(clock, random, null);
  const careful = createCarefulGet({ get: httpGet, sleep, clock, random, log });
  const product = await startProduct({
    config: { host: '127.0.0.1', port: 0, publicUrl: null, allowedOrigins, console: differs.console ?? nobody },
    content,
    recognizer: recognizer(),
    store,
    demo: differs.demo === false ? null : demo,
    identity: demo.issuer,
    limits: { ...noLimits, ...limits },
    desk,
    channels,
    metricsKey: differs.metricsKey ?? null,
    subjectByEmail: createPeople(demo.accountApi, careful),
    sources: createSources({ accountApi: demo.accountApi, stripe: null, statusPage: demo.statusPage }, content.catalog),
    clock,
    random,
    get: httpGet,
    fetch: differs.fetch ?? fetch,
    microsoft: differs.microsoft ?? microsoft,
    sleep,
    log,
    print: (line) => void printed.push(line),
  });
  return {
    url: product.url.replace('localhost', '127.0.0.1'),
    consoleLink: () => product.consoleLink().replace('localhost', '127.0.0.1'),
    printed,
    db,
    store,
    demo,
    log,
    /** Log lines of level error: what an operator would have to look at. */
    faults: () => log.lines.filter(({ level }) => level === 'error'),
    async stop() {
      await product.stop();
      demo.close();
    },
  };
}
