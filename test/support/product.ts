import { setTimeout as sleep } from 'node:timers/promises';
import { httpGet } from '../../src/accounts/http-get.ts';
import { createSources } from '../../src/accounts/index.ts';
import { createAccountReader } from '../../src/accounts/read-account.ts';
import { createResilientGet } from '../../src/accounts/resilient-get.ts';
import { createSubjectByEmail } from '../../src/accounts/subject-by-email.ts';
import { noHub, type HandOffSettings, type ReplyMailSettings } from '../../src/channels/direct-line/settings.ts';
import type { Limits } from '../../src/channels/direct-line/index.ts';
import { feedChannelsOf, type ChannelSettings } from '../../src/channels/index.ts';
import type { TeamsEndpoints } from '../../src/channels/teams/endpoints.ts';
import { startDemo } from '../../src/demo/index.ts';
import type { Content } from '../../src/domain/content.ts';
import { createDesk, linksAt, type DeskSettings } from '../../src/desks/index.ts';
import type { ErrorCode } from '../../src/domain/errors.ts';
import { createEvents } from '../../src/domain/events.ts';
import type { OfficeHours } from '../../src/domain/office-hours.ts';
import type { Network } from '../../src/domain/networks.ts';
import type { ResponseTargets } from '../../src/domain/ticket.ts';
import type { Clock, Random } from '../../src/domain/ports.ts';
import { createServer } from '../../src/http/server.ts';
import type { ConsoleSettings } from '../../src/identity/settings.ts';
import type { Product } from '../../src/parts.ts';
import { assemble, facingOf } from '../../src/product.ts';
import { openPostgres } from '../../src/store/postgres/index.ts';
import { startRelay } from '../../src/store/postgres/relay.ts';
import { createStore } from '../../src/store/index.ts';
import { openSqlite } from '../../src/store/sqlite/index.ts';
import { content, countingRandom, fakeClock, keptLog, type KeptLog } from './fakes.ts';
import { openInMemory } from './in-memory.ts';
import { testParts } from './parts.ts';

export type TestProduct = Awaited<ReturnType<typeof startTestProduct>>;

/** How a test's product differs from the demo in memory, with a clock that stands still. */
export interface Differences {
  readonly clock?: Clock;
  /** Where it is stored; in memory unless told. */
  readonly dataDir?: string;
  /** A PostgreSQL, which other products may share; then chance must not be the same in each. */
  readonly database?: string;
  readonly random?: Random;
  /** False: it hears of no other, and finds what they stored. */
  readonly relay?: boolean;
  readonly limits?: Partial<Limits>;
  readonly allowedOrigins?: readonly string[];
  readonly trustedProxies?: readonly Network[];
  /** Not the demo, when false: its paths are not there, and the console is behind a one-time link. */
  readonly demo?: boolean;
  readonly desk?: DeskSettings;
  readonly channels?: ChannelSettings;
  readonly replyMail?: ReplyMailSettings;
  readonly handOff?: HandOffSettings;
  /** For how many days they are kept; none are taken unless told. */
  readonly screenshots?: number;
  readonly office?: OfficeHours;
  readonly metricsKey?: string;
  readonly responseTargets?: ResponseTargets;
  readonly content?: Content;
  readonly log?: KeptLog;
  readonly traces?: string;
  readonly fetch?: typeof fetch;
  readonly microsoft?: TeamsEndpoints;
  readonly console?: ConsoleSettings;
}

/** Starts the product; its round of work every second comes much sooner: no test waits for it. */
function startHurried(product: Product): void {
  const { setInterval } = globalThis;
  const sooner = (work: () => void, ms?: number) => setInterval(work, ms === 1_000 ? 50 : ms);
  globalThis.setInterval = sooner;
  try {
    product.start();
  } finally {
    globalThis.setInterval = setInterval;
  }
}

/** The real product on a free port of this machine, over real HTTP, with the demo's account API beside it. */
export async function startTestProduct(differs: Differences = {}) {
  const { clock = fakeClock(), desk: deskSettings = null } = differs;
  const printed: string[] = [];
  const [log, events] = [differs.log ?? keptLog(), createEvents()];
  const random = differs.random ?? countingRandom();
  const parts = testParts({ clock, log, random });
  const config = {
    ...parts.config,
    allowedOrigins: differs.allowedOrigins ?? [],
    trustedProxies: differs.trustedProxies ?? [],
    console: differs.console ?? parts.config.console,
    channels: differs.channels ?? parts.config.channels,
    replyMail: differs.replyMail ?? null,
    handOff: differs.handOff ?? noHub,
    retention: { ...parts.config.retention, screenshots: differs.screenshots ?? null },
    office: differs.office ?? null,
    metricsKey: differs.metricsKey ?? null,
    responseTargets: differs.responseTargets ?? {},
    traces: differs.traces ?? null,
  };
  const settings = differs.database === undefined ? null : { url: differs.database, connections: 5 };
  const { dataDir } = differs;
  const openAlone = () => (dataDir === undefined ? openInMemory(log) : openSqlite(dataDir, { log }));
  const db = settings ? openPostgres(settings, log) : await openAlone();
  const feeds = feedChannelsOf(config.channels);
  const store = await createStore(db, { clock, random, events, desk: deskSettings?.name ?? 'built-in', feeds });
  const relay = settings && differs.relay !== false ? startRelay({ settings, events, owner: db.owner, log }) : null;
  const demo = await startDemo(clock, random, null);
  const startReading = createResilientGet({ get: httpGet, sleep, clock, random, log, events });
  const sources = createSources(
    { accountApi: demo.accountApi, stripe: null, statusPage: demo.statusPage },
    content.catalog,
  );
  const refused = (code: ErrorCode) => void events.emit('request-refused', code);
  const server = createServer({ log, ...facingOf(config, content), refused });
  const url = `http://localhost:${await server.listen(0, '127.0.0.1')}`;
  const product = await assemble({
    ...parts,
    content: differs.content ?? parts.content,
    config,
    url,
    store,
    events,
    accounts: createAccountReader(sources, { startReading, clock, log }),
    sources: sources.map(({ name }) => name),
    subjectByEmail: createSubjectByEmail(demo.accountApi, startReading),
    desk: await createDesk(deskSettings, {
      ...{ fetch: differs.fetch ?? fetch, clock, queue: store.queue, conversations: store, linksOf: linksAt(url) },
    }),
    demo: differs.demo === false ? null : demo,
    identity: demo.issuer,
    limits: { ...parts.limits, ...differs.limits },
    fetch: differs.fetch ?? fetch,
    microsoft: differs.microsoft ?? parts.microsoft,
    print: (line) => void printed.push(line),
  });
  server.serve(product);
  startHurried(product);
  return {
    url: url.replace('localhost', '127.0.0.1'),
    consoleLink: async () => (await product.consoleLink()).replace('localhost', '127.0.0.1'),
    printed,
    db,
    store,
    events,
    demo,
    log,
    /** Log lines of level error: what an operator would have to look at. */
    faults: () => log.lines.filter(({ level }) => level === 'error'),
    async stop() {
      await server.stop();
      await product.stop();
      await relay?.stop();
      await store.close();
      demo.close();
    },
  };
}
