import type { Content } from '../domain/content.ts';
import type { Events } from '../domain/events.ts';
import type { Clock, Desk, Log, Random, Store } from '../domain/ports.ts';
import type { AnswerBy } from '../domain/response-targets.ts';
import type { HandleClaim } from '../domain/ticket-feed.ts';
import type { WebFiles } from '../http/files.ts';
import type { Origins } from '../http/origins.ts';
import type { Route, StreamRoute } from '../http/route.ts';
import { readText } from '../http/read-json.ts';
import { json } from '../http/answer.ts';
import { createAgentActions, type ActionNeeds, type AgentActions } from './agent-actions.ts';
import { actionRoutes } from './action-routes.ts';
import { apiRoutes } from './api.ts';
import { createColleagues } from './colleagues.ts';
import { insightsRoutes } from './insights.ts';
import { operationsRoutes, type OperationsNeeds } from './operations.ts';
import { consolePages } from './pages.ts';
import { personRoutes } from './persons.ts';
import { screenshotRoutes } from './screenshots.ts';
import { createSignIn, type SignInNeeds } from './sign-in/index.ts';
import { consoleStream, type StreamNeeds } from './stream.ts';
import { createClaims } from './ticket-feeds/claims.ts';
import { connectRoutes } from './ticket-feeds/connect.ts';
import { summaryOf } from './ticket-feeds/summary.ts';

/** What the console is made from. */
export interface ConsoleNeeds {
  readonly store: Store;
  readonly events: Events;
  readonly content: Content;
  /** The slugs of the causes that an agent may find to be the true one. */
  readonly causes: readonly string[];
  readonly desk: Desk;
  readonly answerBy: AnswerBy;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly files: WebFiles;
  readonly origins: Pick<Origins, 'streamBase'>;
  readonly signIn: Pick<SignInNeeds, 'settings' | 'publicUrl' | 'demo' | 'fetch' | 'print' | 'clientKey'>;
  /** Where this server is reached. */
  readonly url: string;
  readonly say: ActionNeeds['say'];
  readonly listen: StreamNeeds['listen'];
  /** What the product rests on, and how that stands. */
  readonly operations: Pick<OperationsNeeds, 'known' | 'sample' | 'openSockets'>;
}

/** The console: where agents answer tickets, writers see what helped, and operators look after both. */
export interface Console {
  readonly routes: readonly Route[];
  readonly stream: StreamRoute;
  /** What agents do with tickets, wherever they do it. */
  readonly actions: AgentActions;
  /** Takes “Claim” below a ticket in a channel. */
  readonly claim: HandleClaim;
  /** An address that lets the operator in. */
  link(): Promise<string>;
  /** Resolves when no claim is under way. */
  idle(): Promise<void>;
}

/** Joins the console. */
export function createConsole(needs: ConsoleNeeds): Console {
  const { store, events, content, desk, answerBy, clock, random, log, files, origins, url, say } = needs;
  const { auth, rolesNow, ...signIn } = createSignIn({ ...needs.signIn, store, clock, random, log, url });
  const actions = createAgentActions({ store, random, clock, say });
  const causeName = causeNames(content);
  const colleagues = createColleagues(store.agentSessions, rolesNow);
  const causes = needs.causes.map((slug) => ({ slug, name: causeName(slug) }));
  const claims = createClaims({
    store,
    actions,
    rolesNow,
    summaryOf: (filed) => summaryOf(filed, { url, causeName }),
    url,
    clock,
    random,
    log,
  });
  const insights = insightsRoutes({
    figures: store.figures,
    audit: store.audit,
    auth,
    clock,
    random,
    causeName,
    articleTitle: (slug) => content.articles.get(slug)?.title ?? slug,
    reasonName: (key) => content.replies.actions[key] ?? null,
  });
  return {
    routes: [
      ...signIn.routes,
      ...consolePages({ auth, files, origins }),
      ...apiRoutes({
        ...{ store, auth, causes, answerBy, colleagues },
        desk: desk.name,
        savedReplies: () => content.savedReplies,
      }),
      ...actionRoutes({ store, auth, causes, answerBy, colleagues, actions }),
      ...connectRoutes({ store, auth, claims, clock, random }),
      ...insights,
      ...operationsRoutes(auth, { events, clock, ...needs.operations }),
      ...personRoutes({ store, auth, random }),
      ...screenshotRoutes({ store, auth }),
      ...deskRoutes(desk, actions),
    ],
    stream: consoleStream({
      auth,
      events,
      clock,
      tickets: store.tickets,
      reading: store.reading,
      listen: needs.listen,
    }),
    actions,
    claim: claims.handle,
    link: () => signIn.link(),
    idle: () => claims.idle(),
  };
}

/** What causes are called by agents. */
export function causeNames(content: Content): (slug: string) => string {
  return (slug) => content.causes.get(slug)?.name ?? slug;
}

/** Where the desk posts what its agents do; none where it posts nothing. */
function deskRoutes(desk: Desk, actions: AgentActions): Route[] {
  if (!desk.readEvents) return [];
  const readEvents = desk.readEvents.bind(desk);
  return [
    [
      'post',
      '/desk',
      async (request) => {
        const headers = request.headers as Readonly<Record<string, string | undefined>>;
        for (const event of readEvents(headers, await readText(request))) await actions.fromDesk(desk.name, event);
        return json({ status: 'ok' });
      },
    ],
  ];
}
