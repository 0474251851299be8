import type { AccountSource } from './accounts/source.ts';
import { createCarefulGet } from './accounts/careful-get.ts';
import { composeAccounts } from './accounts/compose.ts';
import type { TakeTurn } from './bot.ts';
import { azureSources } from './channels/azure/far-end.ts';
import { createAzureTokens } from './channels/azure/tokens.ts';
import { createDirectLine, type Limits } from './channels/direct-line/direct-line.ts';
import { draw } from './channels/direct-line/draw.ts';
import { createCourier } from './channels/courier.ts';
import { createChannels, type ChannelSettings } from './channels/index.ts';
import { createInbox, isPushed } from './channels/inbox.ts';
import { createMembers } from './channels/members.ts';
import type { FarEnds } from './channels/teams/far-ends.ts';
import { createHub } from './channels/direct-line/hub.ts';
import { createSessions } from './channels/direct-line/sessions.ts';
import type { Config } from './config.ts';
import type { Demo } from './demo/demo.ts';
import { createBell } from './console/bell.ts';
import { createConsole } from './console/console.ts';
import { createDelivery } from './desks/deliver.ts';
import { createDesk, type DeskSettings } from './desks/index.ts';
import { causes } from './diagnosis/causes/index.ts';
import type { Content } from './domain/content.ts';
import type { TakeClaim } from './domain/escalation.ts';
import type { Ticket } from './domain/ticket.ts';
import type { Clock, HttpGet, Log, Random, Recognizer, Store, StoredActivity, SubjectByEmail } from './domain/ports.ts';
import type { Reply } from './domain/reply.ts';
import { createWebFiles } from './http/files.ts';
import { createOrigins } from './http/origins.ts';
import { createVerifier, type TrustedIssuer } from './identity/verify.ts';
import { createSearch } from './knowledge/search.ts';
import { createWords } from './knowledge/wording.ts';
import { createTurnQueue } from './queue.ts';
import { createServer } from './server.ts';

/** What the product is joined from. */
export interface Parts {
  readonly config: Pick<Config, 'host' | 'port' | 'publicUrl' | 'allowedOrigins' | 'console'>;
  readonly content: Content;
  readonly recognizer: Recognizer;
  readonly store: Store;
  readonly demo: Demo | null;
  readonly identity: TrustedIssuer;
  readonly limits: Limits;
  readonly channels: ChannelSettings;
  /** Who may read `/metrics`; null: nobody. */
  readonly metricsKey: string | null;
  /** Where tickets go; null: to the built-in desk. */
  readonly desk: DeskSettings | null;
  readonly sources: readonly AccountSource[];
  /** Null: no account API is connected that could know accounts by e-mail. */
  readonly subjectByEmail: SubjectByEmail | null;
  readonly clock: Clock;
  readonly random: Random;
  readonly get: HttpGet;
  readonly fetch: typeof fetch;
  /** Where Microsoft's side of Teams is. */
  readonly microsoft: FarEnds;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly log: Log;
  /** Writes a line to the operator's terminal. */
  readonly print: (line: string) => void;
}

/** The running product; `url` is where customers reach it. */
export interface Product {
  readonly url: string;
  /** An address that lets the operator in to the console. */
  consoleLink(): string;
  stop(): Promise<void>;
}

const workEveryMs = 1_000;

/** Joins the parts and listens. Turns that an earlier process left unanswered are answered first thing. */
export async function startProduct(parts: Parts): Promise<Product> {
  const { config, content, store, clock, random, log, fetch } = parts;
  let url = config.publicUrl ?? '';
  const [hub, bell, words] = [createHub(store), createBell(), wordsOf(parts, () => url)];
  const desk = createDesk(parts.desk, { fetch, clock, queue: store.queue, linksOf: linksAt(() => url) });
  const outlet = {
    draw: (reply: Reply) => draw(reply, clock),
    publish(id: string, activities: readonly StoredActivity[]) {
      hub.publish(id, activities);
      if (isPushed(id)) void channels.courier.wake(id);
    },
    changed: (ticket: string) => bell.ring(ticket),
  };
  // The SDK takes half a second to load. Messages are taken and stored meanwhile; their turns wait for it.
  let turns: Promise<TakeTurn> | undefined;
  const services = servicesOf(parts, words);
  const loadTurns = async () => (await import('./bot.ts')).createTurns({ store, services, outlet, log });
  const take: TakeTurn = async (pending, id) => {
    await channels.identify(id, pending.activity);
    return (await (turns ??= loadTurns()))(pending, id);
  };
  const queue = createTurnQueue(store, take, log);
  const answer = (id: string) => void queue.answer(id);
  const metrics = await metricsOf(parts.metricsKey);
  const channels = await joinChannels(parts, {
    answer,
    claim: (press) => consoleOf.escalations.claim(press),
    refused: (channel, why) => metrics?.meters.refused(channel, why),
  });
  const [files, origins] = [createWebFiles(), createOrigins(config, parts.channels.azure ? azureSources : [])];
  const consoleOf = createConsole({
    ...{ store, content, desk, bell, clock, random, log, files, origins, boards: channels.boards },
    causes: causes.map(({ slug }) => slug),
    signIn: {
      ...{ settings: config.console, publicUrl: config.publicUrl, url: () => url, fetch, print: parts.print },
      demo: parts.demo !== null,
    },
    conversation: {
      ...{ ...outlet, answer },
      say: (line, facts) => words(null).line(line, facts),
      listen: (...listening) => hub.listen(...listening),
    },
  });
  const server = createServer({
    ...{ store, content, log, files, origins, metrics, demo: parts.demo, channels: channels.all, console: consoleOf },
    directLine: createDirectLine({
      ...{ store, hub, clock, random, answer, limits: parts.limits },
      sessions: createSessions(store.tokens, clock, random),
      elsewhere: elsewhereOf(parts),
      verifyIdentity: createVerifier(parts.identity, store.tokens, clock),
    }),
  });
  const { port } = await server.listen(config.port, config.host);
  turns ??= loadTurns();
  url ||= `http://localhost:${port}`;

  const deliver = createDelivery({ outbox: store.outbox, desk, clock, random, log, changed: outlet.changed });
  const worker = startWorker(async () => {
    await deliver();
    await queue.recover();
    await channels.courier.recover();
    // A channel that is slow holds up nothing else.
    void consoleOf.escalations.run();
  }, log);
  return {
    url,
    consoleLink: () => consoleOf.link(),
    async stop() {
      await worker.stop();
      await server.stop();
      await queue.idle();
      await channels.courier.idle();
      await consoleOf.escalations.stop();
      await store.close();
    },
  };
}

/** Tokens of Azure Direct Line, for pages of this server and of the listed sites; null: we make our own. */
function elsewhereOf({ channels, config: { publicUrl, allowedOrigins }, fetch, log }: Parts) {
  const trustedOrigins = publicUrl === null ? [] : [publicUrl, ...allowedOrigins];
  return channels.azure && createAzureTokens(channels.azure, { fetch, log, trustedOrigins });
}

/** Words for a customer's time zone; addresses are known as soon as the server listens. */
function wordsOf({ content }: Parts, url: () => string) {
  return (subject: { readonly zone?: string | undefined } | null) => createWords(content, url(), subject?.zone);
}

function linksAt(url: () => string) {
  return ({ number, article }: Ticket) => ({
    transcript: `${url()}/console/tickets/${number}`,
    article: article ? `${url()}/articles/${encodeURIComponent(article.slug)}` : undefined,
  });
}

function servicesOf(parts: Parts, wordsFor: ReturnType<typeof wordsOf>) {
  const { content, store, clock, random, recognizer, log } = parts;
  return {
    ...{ clock, random, recognizer, wordsFor, catalog: content.catalog, tickets: store.tickets },
    accounts: composeAccounts(parts.sources, { startReading: createCarefulGet(parts), clock, log }),
    search: createSearch(content.articles),
  };
}

/** Where channels lead to. */
interface ChannelEnds {
  readonly answer: (conversationId: string) => void;
  readonly claim: TakeClaim;
  readonly refused: (channel: string, why: string) => void;
}

/** The channels that we send to by ourselves, with what comes in from them and what goes out. */
async function joinChannels(parts: Parts, { answer, claim, refused }: ChannelEnds) {
  const { content, store, clock, random, log, fetch } = parts;
  const { addresses, links } = store;
  const inbox = createInbox({
    ...{ conversations: store, addresses, links, clock, answer },
    messagesPer10s: parts.limits.messagesPer10s,
    typing: (id) => void typing(id),
  });
  const all = await createChannels(parts.channels, {
    ...{ inbox, clock, random, log, fetch, claim, refused, conversations: store, ends: parts.microsoft },
    prompts: content.replies.prompts,
    forget: (...forgotten) => store.forget(...forgotten),
  });
  const carriers = all.map(({ carrier }) => carrier);
  const boards = all.flatMap(({ board }) => board ?? []);
  const courier = createCourier({ addresses, conversations: store, carriers, clock, random, log });
  /** A person who answers may take their time. */
  async function typing(id: string): Promise<void> {
    const conversation = await store.load(id);
    if (conversation?.answering === null) await courier.typing(id);
  }
  const { subjectByEmail } = parts;
  const identify = createMembers({ conversations: store, addresses, channels: all, subjectByEmail, clock, log });
  return { all, boards, courier, identify };
}

/** What is counted, for whoever has the key; without one nothing is. */
async function metricsOf(key: string | null) {
  return key === null ? null : { key, meters: (await import('./metrics/meters.ts')).createMeters() };
}

/** Runs `work` now and then every second, never twice at once. */
function startWorker(work: () => Promise<unknown>, log: Log) {
  let running = Promise.resolve();
  let busy = false;
  const run = () => {
    if (busy) return;
    busy = true;
    running = work()
      .catch((error: unknown) => log.error({ err: error }, 'the worker failed'))
      .then(() => {
        busy = false;
      });
  };
  const timer = setInterval(run, workEveryMs);
  run();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
