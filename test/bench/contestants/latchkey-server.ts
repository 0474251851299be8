import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { createAccountApiSource } from '../../../src/accounts/account-api.ts';
import { httpGet } from '../../../src/accounts/http-get.ts';
import { createAccountReader } from '../../../src/accounts/read-account.ts';
import { createResilientGet } from '../../../src/accounts/resilient-get.ts';
import { clouds } from '../../../src/channels/teams/endpoints.ts';
import { contentFolder } from '../../../src/config.ts';
import { startDemo } from '../../../src/demo/index.ts';
import { createDesk, linksAt } from '../../../src/desks/index.ts';
import { createEvents } from '../../../src/domain/events.ts';
import { createServer } from '../../../src/http/server.ts';
import { readLayers } from '../../../src/knowledge/layers.ts';
import { loadContent } from '../../../src/knowledge/load.ts';
import { loadRecognizer } from '../../../src/language/model-file.ts';
import { assemble, originsOf } from '../../../src/product.ts';
import { createStore } from '../../../src/store/index.ts';
import { openPostgres } from '../../../src/store/postgres/index.ts';
import { startRelay } from '../../../src/store/postgres/relay.ts';
import { openSqlite } from '../../../src/store/sqlite/index.ts';
import { content as ours } from '../../support/fakes.ts';
import { noSettings } from '../../support/settings.ts';
import { tellParent } from '../child.ts';
import { issuer } from '../people.ts';

const [, , dataDir = '', accountApiUrl = '', articles = '', databaseUrl = ''] = process.argv;
const content = articles === '' ? ours : loadContent(readLayers([contentFolder, articles])).content;
const clock = { now: () => Date.now() };
const random = { id: (length: number) => randomBytes(length).toString('base64url').slice(0, length) };
const log = pino({ level: 'warn' });
const events = createEvents();
const settings = { url: databaseUrl, connections: 10 };
const db = databaseUrl === '' ? openSqlite(dataDir) : openPostgres(settings, log);
if (db.isShared) startRelay({ settings, events, owner: db.owner, log });
const store = await createStore(db, { clock, random, events, desk: 'built-in', feeds: [] });
const demo = await startDemo(clock, random, issuer);
const startReading = createResilientGet({ get: httpGet, sleep, clock, random, log });
const server = createServer({ log, origins: originsOf(noSettings) });
const port = await server.listen(0, '127.0.0.1');
const url = `http://localhost:${port}`;
const product = await assemble({
  config: noSettings,
  url,
  clock,
  random,
  log,
  content,
  subjectByEmail: null,
  sources: ['account-api'],
  keptKeys: { read: () => undefined, write: () => undefined },
  microsoft: clouds.public,
  fetch,
  print: () => undefined,
  recognizer: loadRecognizer(content, dataDir),
  accounts: createAccountReader([createAccountApiSource({ url: accountApiUrl, key: 'bench' })], {
    startReading,
    clock,
    log,
  }),
  store,
  events,
  desk: await createDesk(null, { fetch, clock, queue: store.queue, conversations: store, linksOf: linksAt(url) }),
  demo,
  identity: demo.issuer,
  limits: { messagesPer10s: 1e9, conversationsPerMinute: 1e9 },
});
server.serve(product);
product.start();
tellParent(port);
