import { microsoft } from '../../src/channels/teams/far-ends.ts';
import { createHttpSource } from '../../src/accounts/http.ts';
import { httpGet } from '../../src/accounts/get.ts';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { contentFolder } from '../../src/config.ts';
import { startDemo } from '../../src/demo/demo.ts';
import { loadContent } from '../../src/knowledge/load.ts';
import { loadRecognizer } from '../../src/load-recognizer.ts';
import { startProduct } from '../../src/product.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { createStore } from '../../src/store/store.ts';
import { tellParent } from './child.ts';

const [, , dataDir = '', accountApiUrl = ''] = process.argv;
const clock = { now: () => Date.now() };
const random = { id: (length: number) => randomBytes(length).toString('base64url').slice(0, length) };
const { content } = loadContent(contentFolder);
const nobody = { openId: null, roles: { agent: [], writer: [], operator: [] } };
const demo = await startDemo(clock, random, null);
const product = await startProduct({
  config: { host: '127.0.0.1', port: 0, publicUrl: null, allowedOrigins: [], console: nobody },
  content,
  recognizer: loadRecognizer(content, dataDir),
  store: await createStore(openSqlite(dataDir), clock, 'built-in'),
  demo,
  identity: demo.issuer,
  desk: null,
  channels: { teams: null, slack: null, azure: null },
  metricsKey: null,
  print: () => undefined,
  limits: { messagesPer10s: 1e9, conversationsPerMinute: 1e9 },
  subjectByEmail: null,
  sources: [createHttpSource({ url: accountApiUrl, key: 'bench' })],
  clock,
  random,
  get: httpGet,
  fetch,
  microsoft,
  sleep,
  log: pino({ level: 'warn' }),
});
tellParent(Number(new URL(product.url).port));
