import { azureSources } from './channels/azure/endpoints.ts';
import { createDirectLine } from './channels/direct-line/index.ts';
import { createConversationTokens } from './channels/direct-line/conversation-tokens.ts';
import { createHubAccess } from './channels/direct-line/hand-off.ts';
import { createHub } from './channels/direct-line/hub.ts';
import { createReplyMailer } from './channels/direct-line/reply-mailer.ts';
import { createPresence } from './channels/direct-line/presence.ts';
import { directLineRoutes, directLineStream } from './channels/direct-line/routes.ts';
import { createHubTalks } from './channels/hand-off.ts';
import { createInbound } from './channels/inbound.ts';
import { createChannels } from './channels/index.ts';
import { createSampleCustomers } from './channels/local/customers.ts';
import { createMemberIdentifier } from './channels/members.ts';
import { createPrivateTalks } from './channels/private-talks.ts';
import { createOutboundQueue } from './channels/outbound-queue.ts';
import { createLazyBot } from './bot/lazy-bot.ts';
import { createTurnQueue } from './bot/turn-queue.ts';
import { createForgetting } from './bot/forgetting.ts';
import { startWorker } from './bot/worker.ts';
import type { ActionNeeds } from './console/agent-actions.ts';
import { createHandOffs } from './console/hand-offs.ts';
import { causeNames, createConsole } from './console/index.ts';
import { createTicketFeeds } from './console/ticket-feeds/index.ts';
import { createDelivery } from './desks/deliver.ts';
import { causes } from './diagnosis/causes/index.ts';
import { lazily } from './domain/lazily.ts';
import { madeOf } from './domain/made-of.ts';
import { pushChannels } from './domain/channels.ts';
import { createAnswerBy } from './domain/response-targets.ts';
import { farEndsOf, watchedClient, watchedDesk } from './domain/far-ends.ts';
import { createClientKeys } from './http/client-keys.ts';
import { countStreams } from './http/counted-streams.ts';
import { createWebFiles } from './http/files.ts';
import { createGetJson } from './http/get-json.ts';
import { createOrigins } from './http/origins.ts';
import type { VerifyIdentity } from './identity/verify.ts';
import { createWords } from './knowledge/wording.ts';
import { createSampler } from './metrics/sampler.ts';
import { startWatch } from './metrics/watch.ts';
import type { Parts, Product } from './parts.ts';
import { createErrorPage } from './site/error-page.ts';
import { siteRoutes } from './site/routes.ts';
import { createViewCounter } from './site/view-counter.ts';

const ratingsPerMinute = 30;
/** Articles that a search on the pages shows. */
const mostFound = 20;

/** Assembles the product, each part after those that it needs. */
export async function assemble(parts: Parts): Promise<Product> {
  const { config, url, content, store, events, sources, clock, random, log, fetch } = parts;
  const desk = watchedDesk(parts.desk, events);
  const files = createWebFiles();
  const origins = originsOf(config);
  // Tokens of Azure are for pages of this server and of the listed sites.
  const { azure } = config.channels;
  const trustedOrigins = config.publicUrl === null ? [] : [config.publicUrl, ...config.allowedOrigins];
  const hub = createHub(store, events);
  const presence = createPresence({ reading: store.reading, events, clock, log });
  const connectedChannels = pushChannels.filter((name) => config.channels[name] !== null);
  const state = { sample: createSampler(store, clock), openSockets: () => counted.open() };
  const { metricsKey: key, traces } = config;
  const watch = await startWatch({ key, traces, events, clock, sources, log, ...state });
  const { metrics } = watch;
  const verifier = lazily(async () =>
    (await import('./identity/verify.ts')).createVerifier(parts.identity, {
      ...{ tokens: store.tokens, kept: parts.keptKeys, clock, log, getJson: createGetJson(fetch) },
      refused: (reason) => metrics?.meters.identityRefused(reason),
    }),
  );
  const verifyIdentity: VerifyIdentity = async (jwt) => (await verifier())(jwt);
  const clientKey = createClientKeys(config.trustedProxies);
  const say: ActionNeeds['say'] = (line, facts) => createWords(content, url, undefined, 'customer').line(line, facts);
  const consoleOf = createConsole({
    ...{ store, events, content, desk, clock, random, log, files, origins },
    causes: causes.map(({ slug }) => slug),
    answerBy: createAnswerBy(config.responseTargets, config.office),
    signIn: {
      clientKey,
      settings: config.console,
      publicUrl: config.publicUrl,
      demo: parts.demo !== null,
      fetch,
      print: parts.print,
    },
    url,
    say,
    listen: (...listening) => hub.listen(...listening),
    operations: { ...state, known: farEndsOf(sources, desk, connectedChannels) },
  });
  const { addresses, links } = store;
  const { messagesPer10s } = parts.limits;
  const receive = createInbound({ conversations: store, addresses, links, limits: store.limits, messagesPer10s });
  const { handOff } = config;
  const handOffs = createHandOffs({ store, clock, say, name: handOff.name, url });
  const hubTalks = createHubTalks({ handOffs, store, url });
  const channels = await createChannels(config.channels, {
    ...{ receive, hubTalks },
    claim: consoleOf.claim,
    refused: (channel, why) => metrics?.meters.refused(channel, why),
    forget: (...forgotten) => store.forget(...forgotten),
    ...{ conversations: store, addresses, links, subjectByEmail: parts.subjectByEmail },
    words: () => createWords(content, url, undefined, 'customer'),
    customers: parts.demo && createSampleCustomers(parts.demo, verifyIdentity),
    async answered(id) {
      await turns.answer(id);
      await outbound.flush(id);
    },
    prompts: () => content.replies.prompts,
    limits: store.limits,
    tellHome: async (whose) => (await home())(whose),
    endpoints: parts.microsoft,
    ...{ clock, random, log, fetch },
  });
  const outbound = createOutboundQueue({
    ...{ addresses, conversations: store, leases: store.leases, events, clock, random, log },
    clients: channels.map(({ client }) => watchedClient(client, events)),
  });
  const ticketFeeds = createTicketFeeds({
    feeds: channels.flatMap(({ ticketFeed }) => ticketFeed ?? []),
    posts: store.ticketPosts,
    leases: store.leases,
    events,
    url,
    causeName: causeNames(content),
    clock,
    random,
    log,
  });
  const identify = createMemberIdentifier({
    ...{ conversations: store, addresses, channels, clock, log },
    subjectByEmail: parts.subjectByEmail,
  });
  const home = lazily(async () => {
    const { createTellHome } = await import('./bot/tell-home.ts');
    return createTellHome({ ...parts, ...config, identify, conversations: store, tickets: store.tickets });
  });
  const askInPrivate = createPrivateTalks({ conversations: store, addresses, channels, receive, log });
  const bot = createLazyBot({ ...parts, ...config, askInPrivate });
  const turns = createTurnQueue({
    ...{ store, events, clock, log },
    async handleTurn(pending, id) {
      const told = await identify(id, pending);
      const handleTurn = await bot();
      await handleTurn({ ...told, ...pending }, id);
    },
  });
  // With tokens of Azure's, files are addresses there.
  const takesScreenshots = config.retention.screenshots !== null && !azure;
  const directLine = createDirectLine({
    ...{ store, hub, events, random, clock, presence, takesScreenshots, log },
    tokens: createConversationTokens({
      ...{ tokens: store.tokens, oneTime: store.oneTime, limits: store.limits, clock, random },
    }),
    tokenProvider:
      azure && (await import('./channels/azure/tokens.ts')).createAzureTokens(azure, { fetch, log, trustedOrigins }),
    verifyIdentity,
    limits: parts.limits,
    hubAccess: handOff.key === null ? null : createHubAccess({ key: handOff.key, hubTalks, random }),
  });
  const mailer =
    config.replyMail &&
    createReplyMailer({
      ...{ settings: config.replyMail, reading: store.reading, oneTime: store.oneTime, url, clock, random, log },
      say: (line, facts) => createWords(content, url, undefined, 'customer').line(line, facts),
      title: () => content.brand.title,
    });
  const deliver = createDelivery({ outbox: store.outbox, desk, clock, random, log });
  const { retention, leases } = store;
  const forgetting = createForgetting({ retention, leases, days: config.retention, clock, log });
  const views = createViewCounter(store.articleViews, clock, log);
  const articlesFor = madeOf(
    () => content.articles,
    async () => (await import('./knowledge/search.ts')).createArticleFinder(content, mostFound),
  );
  const listeners = channels.flatMap(({ listener }) => listener ?? []);
  const counted = countStreams([directLineStream(directLine, origins), consoleOf.stream]);
  let worker: ReturnType<typeof startWorker> | null = null;
  return {
    routes: [
      ...directLineRoutes(directLine, origins, clientKey),
      ...siteRoutes({
        ...{ store, content, files, origins, metrics, takesScreenshots, views, clientKey, random, log },
        demo: parts.demo,
        findArticles: async (question) => (await articlesFor())(question),
        feedback: store.feedback,
        ratings: store.limits('ratings', ratingsPerMinute, 60),
      }),
      ...consoleOf.routes,
      ...channels.flatMap(({ routes }) => routes),
    ],
    streams: counted.streams,
    turns,
    agentActions: consoleOf.actions,
    deliver,
    async warm() {
      await Promise.all([bot(), verifier()]);
    },
    start() {
      worker = startWorker(async () => {
        for (const listener of listeners) listener.run();
        await store.capWaits();
        await views.flush();
        await deliver();
        await turns.recover();
        await outbound.recover();
        await presence.run();
        if (await store.changedOutside()) await Promise.all([hub.look(), directLine.look()]);
        // A channel that is slow holds up nothing else.
        void ticketFeeds.run();
        void mailer?.run();
        forgetting.run();
      }, log);
    },
    async stop() {
      await worker?.stop();
      await Promise.all(listeners.map((one) => one.stop()));
      await views.flush();
      await forgetting.stop();
      await Promise.all(channels.map(async ({ idle }) => idle?.()));
      await turns.idle();
      await presence.idle();
      await outbound.idle();
      await consoleOf.idle();
      await ticketFeeds.stop();
      await mailer?.idle();
      await watch.stop();
    },
    consoleLink: () => consoleOf.link(),
  };
}

/** The origins of the settings; the widget may call Azure where its tokens are from there. */
export function originsOf({ publicUrl, allowedOrigins, channels }: Parts['config']) {
  return createOrigins({ publicUrl, allowedOrigins, called: channels.azure ? azureSources : [] });
}

/** What the server needs to know of the settings and the words. */
export function facingOf(config: Parts['config'], content: Parts['content']) {
  return { origins: originsOf(config), errorPage: createErrorPage(content) };
}
