import { httpGet } from './accounts/get.ts';
import { createCarefulGet } from './accounts/careful-get.ts';
import { createSources } from './accounts/index.ts';
import { createPeople } from './accounts/people.ts';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { boardsOf } from './channels/index.ts';
import { microsoft } from './channels/teams/far-ends.ts';
import { readConfig, contentFolder } from './config.ts';
import { startDemo } from './demo/demo.ts';
import { SupportError } from './domain/errors.ts';
import type { Clock, Random } from './domain/ports.ts';
import { expected } from './expected.ts';
import { checkContent } from './knowledge/check.ts';
import { loadContent } from './knowledge/load.ts';
import { loadOpinion } from './load-opinion.ts';
import { loadRecognizer } from './load-recognizer.ts';
import { startProduct, type Product } from './product.ts';
import { openSqlite } from './store/sqlite.ts';
import { createStore } from './store/store.ts';

const clock: Clock = { now: () => Date.now() };
const random: Random = {
  id: (length) =>
    randomBytes(Math.ceil((length * 3) / 4))
      .toString('base64url')
      .slice(0, length),
};
const limits = { messagesPer10s: 100, conversationsPerMinute: 600 };

try {
  await main();
} catch (error) {
  if (!(error instanceof SupportError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const config = readConfig();
  const log = pino({ level: 'info' });
  const loaded = loadContent(contentFolder);
  const problems = checkContent(contentFolder, loaded, expected);
  const lines = problems.map(({ file, line, message }) => `content/${file}:${line}: ${message}`);
  if (lines.length > 0) throw new SupportError('content-invalid', { detail: lines.join('\n') });

  const { content } = loaded;
  const learned =
    config.encoder && loadOpinion(content.intents, config.encoder, { dataDir: config.dataDir, clock, log });
  learned?.ready.catch((error: unknown) => log.error({ err: error }, 'understanding without the encoder'));
  const recognizer = loadRecognizer(content, config.dataDir, learned?.opinion);
  const boards = boardsOf(config.channels);
  const store = await createStore(openSqlite(config.dataDir), clock, config.desk?.name ?? 'built-in', boards);
  const demo = config.demo ? await startDemo(clock, random, config.identity) : null;
  const accountApi = config.sources.accountApi ?? demo?.accountApi ?? null;
  const statusPage = config.sources.statusPage ?? demo?.statusPage ?? null;
  const identity = config.identity ?? demo?.issuer;
  if (!identity) throw new SupportError('config-invalid');
  const product = await startProduct({
    config,
    content,
    recognizer,
    store,
    demo,
    identity,
    limits,
    desk: config.desk,
    channels: config.channels,
    metricsKey: config.metricsKey,
    sources: createSources({ ...config.sources, accountApi, statusPage }, content.catalog),
    // With breakers of its own: an API without people must not keep accounts from being read.
    subjectByEmail:
      accountApi && createPeople(accountApi, createCarefulGet({ get: httpGet, sleep, clock, random, log })),
    clock,
    random,
    get: httpGet,
    fetch,
    microsoft,
    sleep,
    log,
    print: (line) => console.log(line),
  });
  tell(product, demo !== null);
  const stop = async () => {
    await product.stop();
    demo?.close();
    await learned?.close();
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void stop());
}

/** One line per address. */
function tell(product: Product, demo: boolean): void {
  if (demo) console.log(`page     ${product.url}/`);
  console.log(`console  ${product.consoleLink()}`);
  console.log(`health   ${product.url}/health`);
}
