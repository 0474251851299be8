import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HandleTurn } from '../../src/bot/handle-turn.ts';
import { createOutboundQueue } from '../../src/channels/outbound-queue.ts';
import { createInbound } from '../../src/channels/inbound.ts';
import { createSlack } from '../../src/channels/slack/index.ts';
import type { Call } from '../../src/http/route.ts';
import { createTurnQueue } from '../../src/bot/turn-queue.ts';
import { createEvents } from '../../src/domain/events.ts';
import { openSqlite } from '../../src/store/sqlite/index.ts';
import { createStore } from '../../src/store/index.ts';
import { slackAt, startSlackApi } from '../channels/slack/far-end.ts';
import { callbackOf, directMessage, secret, signed, type Post } from '../channels/slack/posts.ts';
import { effectsOf } from '../support/effects.ts';
import { content, keptLog, nobodyClaims } from '../support/fakes.ts';

/**
 * How long Slack waits for its 200, over HTTP, each event stored on disk before it, while every turn costs 5 ms of this
 * process and half a second elsewhere, and its reply is sent. Slack gives us 3 s; the goal is a p99 below 100 ms.
 */
const [perSecond, seconds, talks] = [50, 20, 40];
const turnCostsMs = { here: 5, elsewhere: 500 };
const folder = mkdtempSync(join(tmpdir(), 'slack-bench-'));
const [clock, log, api] = [{ now: () => Date.now() }, keptLog(), await startSlackApi()];
const random = { id: (length: number) => 'x'.repeat(length) };
const events = createEvents();
const store = await createStore(openSqlite(join(folder, 'latchkey.db')), {
  clock,
  random,
  events,
  desk: 'built-in',
  feeds: [],
});

const handleTurn: HandleTurn = async (answers, conversationId) => {
  const until = performance.now() + turnCostsMs.here;
  while (performance.now() < until);
  await sleep(turnCostsMs.elsewhere);
  const { version = 0 } = (await store.load(conversationId)) ?? {};
  const replies = [{ kind: 'text', text: 'An answer. '.repeat(50), actions: [] } as const];
  await store.commit(effectsOf({ conversationId, version, answers, replies }));
};
// The product's own bot would cost what it costs: only its turns are others here.
const turns = createTurnQueue({ store, handleTurn, events, clock, log });
const { addresses, links } = store;
const slack = createSlack(
  { signingSecret: secret, botToken: 'xoxb-1-token', appId: null, teams: [], trustedTeams: [], escalations: null },
  {
    ...{ clock, random, log, fetch: slackAt(api.url), replies: () => content.replies, claim: nobodyClaims },
    ...{ conversations: store, limits: store.limits, tellHome: () => Promise.resolve('') },
    receive: createInbound({ conversations: store, addresses, links, limits: store.limits, messagesPer10s: 1e6 }),
    refused: (why) => console.error(why),
    forget: (...forgotten) => store.forget(...forgotten),
  },
);
const outbound = createOutboundQueue({
  ...{ addresses, conversations: store, leases: store.leases, clients: [slack.client], events, clock, random, log },
});
const server = createServer((incoming, response) => {
  const handler = slack.routes.find(([, path]) => path === incoming.url)?.[2];
  void Promise.resolve(handler?.(incoming as Call)).then((answer) => {
    response.statusCode = answer?.status ?? 404;
    response.end(answer?.body);
  });
}).listen(0, '127.0.0.1');
await once(server, 'listening');

const agent = new Agent({ keepAlive: true });
/** Milliseconds until the answer. */
async function posted({ body, headers }: Post): Promise<number> {
  const before = performance.now();
  const { port } = server.address() as AddressInfo;
  const sent = request({ agent, host: '127.0.0.1', port, path: '/slack/events', method: 'POST', headers });
  sent.end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  await once(answer.resume(), 'end');
  if (answer.statusCode !== 200) throw new Error(`answered ${String(answer.statusCode)}`);
  return performance.now() - before;
}

const waits: Promise<number>[] = [];
for (let n = 0; n < perSecond * seconds; n += 1) {
  const ts = `1795342320.${String(n).padStart(6, '0')}`;
  const event = directMessage(`message ${n}`, { ts, channel: `D${n % talks}`, user: `U${n % talks}` });
  waits.push(posted(signed(JSON.stringify(callbackOf(event)), Date.now())));
  await sleep(1_000 / perSecond);
}
const times = (await Promise.all(waits)).sort((a, b) => a - b);
const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
const cost = `${turnCostsMs.here} + ${turnCostsMs.elsewhere} ms a turn`;
console.log(
  `${times.length} events, ${perSecond}/s, ${cost}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(0.9999)} ms`,
);
console.log(`${api.of('chat.postMessage').length} replies sent so far`);
await turns.idle();
await outbound.idle();
console.log(`${api.of('chat.postMessage').length} replies sent in the end, ${log.lines.length} log lines`);
server.closeAllConnections();
server.close();
agent.destroy();
api.stop();
await store.close();
rmSync(folder, { recursive: true });
