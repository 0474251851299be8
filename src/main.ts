import { randomBytes } from 'node:crypto';
import { feedChannelsOf } from './channels/index.ts';
import { clouds } from './channels/teams/endpoints.ts';
import { sourcesIn } from './accounts/settings.ts';
import { readConfig, type Config } from './config.ts';
import type { Checked } from './content/kept.ts';
import { createLiveContent } from './content/live.ts';
import { readyContent } from './content/ready.ts';
import { watchContent } from './content/watch.ts';
import { startDemo } from './demo/index.ts';
import { createDesk, linksAt } from './desks/index.ts';
import { SupportError, type ErrorCode } from './domain/errors.ts';
import { createEvents, type Events } from './domain/events.ts';
import { lazily } from './domain/lazily.ts';
import type { Clock, Log, Random } from './domain/ports.ts';
import { createLog } from './http/log.ts';
import { createServer } from './http/server.ts';
import { assemble, facingOf } from './product.ts';
import { keptKeysIn } from './store/kept-keys.ts';
import { databaseIn, openSqlite } from './store/sqlite/index.ts';
import { createStore } from './store/index.ts';
import { whyUnusable } from './store/sqlite/why-unusable.ts';

const clock: Clock = { now: () => Date.now() };
const random: Random = {
  id: (length) =>
    randomBytes(Math.ceil((length * 3) / 4))
      .toString('base64url')
      .slice(0, length),
};
/** Long enough for a proxy to notice that we stop, and together less than the 10 s after which Docker kills. */
const [farewellMs, longestStopMs] = [1_000, 9_000];
/** Whoever asks for `/health` as soon as it listens is answered before the thread is busy with loading. */
const warmAfterMs = 200;
const limits = { messagesPer10s: 100, conversationsPerMinute: 600 };

await main().catch(end);

async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog();
  for (const notice of config.notices) log.warn({}, notice);
  const { contentFolders: folders, dataDir } = config;
  const events = createEvents();
  const { store, relay } = await readyStore(config, events, log);
  const { live, recognizer, recognizerOf, encoder } = await understanding(config, log);
  const demo = config.demo ? await startDemo(clock, random, config.identity) : null;
  const accountApi = config.sources.accountApi ?? demo?.accountApi ?? null;
  const statusPage = config.sources.statusPage ?? demo?.statusPage ?? null;
  const sources = { ...config.sources, accountApi, statusPage };
  const identity = config.identity ?? demo?.issuer;
  if (!identity) throw new SupportError('config-invalid');
  const { content } = live;
  const connected = lazily(async () =>
    (await import('./accounts/connect.ts')).connectAccounts({
      settings: sources,
      catalog: content.catalog,
      ...{ clock, random, log, events },
      doubtful: (path) => void events.emit('answer-doubtful', path),
    }),
  );

  const refused = (code: ErrorCode) => void events.emit('request-refused', code);
  const server = createServer({ log, ...facingOf(config, content), refused });
  const port = await server.listen(config.port, config.host);
  const url = config.publicUrl ?? `http://localhost:${port}`;
  const product = await assemble({
    config,
    url,
    content,
    recognizer: live.recognizer,
    accounts: { read: async (...asked) => (await connected()).accounts.read(...asked) },
    sources: sourcesIn(sources),
    subjectByEmail: accountApi && (async (email) => (await connected()).subjectByEmail?.(email) ?? null),
    store,
    events,
    desk: await createDesk(config.desk, {
      fetch,
      clock,
      queue: store.queue,
      conversations: store,
      linksOf: linksAt(url),
    }),
    identity,
    keptKeys: keptKeysIn(dataDir),
    demo,
    limits,
    microsoft: clouds[config.channels.teams?.cloud ?? 'public'],
    fetch,
    clock,
    random,
    log,
    print: (line) => console.log(line),
  });
  const watch = await watchContent({ folders, dataDir, live, recognizerOf, log });
  const stop = async () => {
    watch.stop();
    // What is not done by then is done after the next start: all of it is stored.
    setTimeout(() => process.exit(), longestStopMs).unref();
    await server.stop(farewellMs);
    await product.stop();
    await relay?.stop();
    await store.close();
    demo?.close();
    await encoder?.close();
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void stop());
  server.serve(product);
  product.start();
  setTimeout(() => void Promise.all([product.warm(), recognizer(), connected()]).catch(end), warmAfterMs);
  for (const line of greeting(url, await product.consoleLink(), demo !== null)) console.log(line);
}

/** The words, and what understands them: loaded for the first message, which waits until it has learned. */
async function understanding({ contentFolders: folders, dataDir, encoder: settings }: Config, log: Log) {
  const first = await readyContent({ folders, dataDir });
  const encoder =
    settings &&
    (await import('./language/load-encoder-classifier.ts')).loadEncoderClassifier(first.content.intents, settings, {
      ...{ dataDir, clock, log },
    });
  encoder?.ready.catch((error: unknown) => log.error({ err: error }, 'understanding without the encoder'));
  const recognizerOf = async ({ content, model }: Checked) =>
    (await import('./language/model-file.ts')).loadRecognizer(content, dataDir, encoder?.classifier, model);
  const recognizer = lazily(() => first.learned.then(() => recognizerOf(first)));
  const live = createLiveContent({
    content: first.content,
    recognizer: { recognize: async (text) => (await recognizer()).recognize(text) },
  });
  return { live, recognizer, recognizerOf, encoder };
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
async function readyStore(config: Config, events: Events, log: Log) {
  const { dataDir, database: settings } = config;
  const desk = config.desk?.name ?? 'built-in';
  const needs = { clock, random, events, desk, feeds: feedChannelsOf(config.channels) };
  if (!settings) {
    const store = await createStore(openSqlite(dataDir, { log }), { ...needs, file: databaseIn(dataDir) });
    await store.ready();
    return { store, relay: null };
  }
  const [{ openPostgres }, { startRelay }, { tellOfCommits }] = await Promise.all([
    import('./store/postgres/index.ts'),
    import('./store/postgres/relay.ts'),
    import('./store/postgres/server-facts.ts'),
  ]);
  const db = openPostgres(settings, log);
  const store = await createStore(db, needs);
  await store.ready();
  await tellOfCommits(db, log);
  return { store, relay: startRelay({ settings, events, owner: db.owner, log }) };
}

/** Ends what cannot start, in words for whoever starts it; a fault of ours as what it is. */
function end(error: unknown): void {
  const told = whyNotStarted(error);
  if (told === null) throw error;
  console.error(told);
  // What was begun already would go on.
  process.exit(1);
}

/** In words for whoever starts it; null: it is a fault of ours. */
function whyNotStarted(error: unknown): string | null {
  if (error instanceof SupportError) return error.message;
  const why = whyUnusable(error);
  return why === null ? null : `${(error as { path?: string }).path ?? 'DATA_DIR'} cannot be used: ${why}`;
}
