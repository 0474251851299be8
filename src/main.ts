import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { httpGet } from './accounts/http-get.ts';
import { createSources } from './accounts/index.ts';
import { createAccountReader } from './accounts/read-account.ts';
import { createResilientGet } from './accounts/resilient-get.ts';
import { createSubjectByEmail } from './accounts/subject-by-email.ts';
import { feedChannelsOf } from './channels/index.ts';
import { microsoft } from './channels/teams/endpoints.ts';
import { readConfig, type Config } from './config.ts';
import { checkedContent } from './content/checked.ts';
import { createLiveContent } from './content/live.ts';
import { watchContent } from './content/watch.ts';
import { startDemo } from './demo/index.ts';
import { createDesk, linksAt } from './desks/index.ts';
import type { Content } from './domain/content.ts';
import { SupportError } from './domain/errors.ts';
import { createEvents, type Events } from './domain/events.ts';
import type { Clock, Log, Random, Store } from './domain/ports.ts';
import { createServer } from './http/server.ts';
import { loadEncoderClassifier } from './language/load-encoder-classifier.ts';
import { loadRecognizer } from './language/model-file.ts';
import { assemble, originsOf } from './product.ts';
import { keptKeysIn } from './store/kept-keys.ts';
import { databaseIn, openSqlite } from './store/sqlite.ts';
import { createStore } from './store/index.ts';
import { whyUnusable } from './store/why-unusable.ts';

const clock: Clock = { now: () => Date.now() };
const random: Random = {
  id: (length) =>
    randomBytes(Math.ceil((length * 3) / 4))
      .toString('base64url')
      .slice(0, length),
};
/** Long enough for a proxy to notice that we stop, and together less than the 10 s after which Docker kills. */
const [farewellMs, longestStopMs] = [1_000, 9_000];
const limits = { messagesPer10s: 100, conversationsPerMinute: 600 };

try {
  await main();
} catch (error) {
  const told = whyNotStarted(error);
  if (told === null) throw error;
  console.error(told);
  // What was begun already would go on.
  process.exit(1);
}

async function main(): Promise<void> {
  const config = readConfig();
  const log = pino({ level: 'info' });
  for (const notice of config.notices) log.warn(notice);
  const { contentFolders: folders, dataDir } = config;
  const events = createEvents();
  const store = await readyStore(config, events, log);
  const first = checkedContent(folders, dataDir).content;
  const encoder = config.encoder && loadEncoderClassifier(first.intents, config.encoder, { dataDir, clock, log });
  encoder?.ready.catch((error: unknown) => log.error({ err: error }, 'understanding without the encoder'));
  const demo = config.demo ? await startDemo(clock, random, config.identity) : null;
  const accountApi = config.sources.accountApi ?? demo?.accountApi ?? null;
  const statusPage = config.sources.statusPage ?? demo?.statusPage ?? null;
  const identity = config.identity ?? demo?.issuer;
  if (!identity) throw new SupportError('config-invalid');
  const recognizerOf = (of: Content) => loadRecognizer(of, dataDir, encoder?.classifier);
  const live = createLiveContent({ content: first, recognizer: recognizerOf(first) });
  const { content } = live;
  const resilientGet = () => createResilientGet({ get: httpGet, sleep, clock, random, log });
  const sources = createSources({ ...config.sources, accountApi, statusPage }, content.catalog);

  const server = createServer({ log, origins: originsOf(config) });
  const port = await server.listen(config.port, config.host);
  const url = config.publicUrl ?? `http://localhost:${port}`;
  const product = await assemble({
    config,
    url,
    content,
    recognizer: live.recognizer,
    accounts: createAccountReader(sources, {
      startReading: resilientGet(),
      clock,
      log,
      doubtful: (path) => void events.emit('answer-doubtful', path),
    }),
    // With breakers of its own: an API without people must not keep accounts from being read.
    subjectByEmail: accountApi && createSubjectByEmail(accountApi, resilientGet()),
    store,
    events,
    desk: createDesk(config.desk, { fetch, clock, queue: store.queue, conversations: store, linksOf: linksAt(url) }),
    identity,
    keptKeys: keptKeysIn(dataDir),
    demo,
    limits,
    microsoft,
    fetch,
    clock,
    random,
    log,
    print: (line) => console.log(line),
  });
  const watch = watchContent({ folders, dataDir, live, recognizerOf, log });
  const stop = async () => {
    watch.stop();
    // What is not done by then is done after the next start: all of it is stored.
    setTimeout(() => process.exit(), longestStopMs).unref();
    await server.stop(farewellMs);
    await product.stop();
    await store.close();
    demo?.close();
    await encoder?.close();
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void stop());
  server.serve(product);
  product.start();
  for (const line of greeting(url, product.consoleLink(), demo !== null)) console.log(line);
}

/** What the operator reads when it runs. */
function greeting(url: string, consoleLink: string, isDemo: boolean): string[] {
  const demo = [
    'demo     whoever reaches this server is an agent with every role, and any sample customer: DEMO=0 ends it',
    `page     ${url}/`,
  ];
  return [...(isDemo ? demo : []), `console  ${consoleLink}`, `health   ${url}/health`];
}

/** The store. Throws `config-invalid` where nothing can be stored. */
async function readyStore(config: Config, events: Events, log: Log): Promise<Store> {
  const { dataDir } = config;
  const desk = config.desk?.name ?? 'built-in';
  const feeds = feedChannelsOf(config.channels);
  const store = await createStore(openSqlite(dataDir, { log }), {
    clock,
    random,
    events,
    desk,
    feeds,
    file: databaseIn(dataDir),
  });
  await store.ready();
  return store;
}

/** In words for whoever starts it; null: it is a fault of ours. */
function whyNotStarted(error: unknown): string | null {
  if (error instanceof SupportError) return error.message;
  const why = whyUnusable(error);
  return why === null ? null : `${(error as { path?: string }).path ?? 'DATA_DIR'} cannot be used: ${why}`;
}
