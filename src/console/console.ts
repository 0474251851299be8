import type { Content } from '../domain/content.ts';
import type { Board } from '../domain/escalation.ts';
import type { Random, Clock, Desk, Log, Store } from '../domain/ports.ts';
import type { WebFiles } from '../http/files.ts';
import type { Origins } from '../http/origins.ts';
import type { Route } from '../http/route.ts';
import { createAgentActions, type ActionNeeds } from './agent-actions.ts';
import { actionRoutes } from './action-routes.ts';
import { apiRoutes } from './api.ts';
import type { Bell } from './bell.ts';
import type { Door } from './door.ts';
import { createEscalations, type EscalationsOfConsole } from './escalations/escalations.ts';
import { insightsRoutes } from './insights.ts';
import { consolePages } from './pages.ts';
import { createSignIn, type SignInNeeds } from './sign-in.ts';
import { createConsoleStream, type ConsoleStream, type StreamNeeds } from './stream.ts';

type Headers = Readonly<Record<string, string | undefined>>;

/** What the console is joined from. */
export interface ConsoleNeeds {
  readonly store: Store;
  readonly content: Content;
  /** The causes that an agent may find to be the true one. */
  readonly causes: readonly string[];
  readonly desk: Desk;
  readonly bell: Bell;
  /** Where else agents see tickets. */
  readonly boards: readonly Board[];
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly files: WebFiles;
  readonly origins: Pick<Origins, 'streamBase'>;
  readonly signIn: Pick<SignInNeeds, 'settings' | 'publicUrl' | 'url' | 'demo' | 'fetch' | 'print'>;
  readonly conversation: Pick<ActionNeeds, 'say' | 'draw' | 'publish' | 'answer'> & Pick<StreamNeeds, 'listen'>;
}

/** The console: where agents answer tickets, writers see what helped, and operators look after both. */
export interface Console {
  readonly routes: readonly Route[];
  readonly stream: ConsoleStream;
  readonly door: Door;
  readonly escalations: EscalationsOfConsole;
  /** An address that lets the operator in. */
  link(): string;
  /** Takes in what the desk posted; null: this desk posts nothing. */
  readonly hearDesk: ((headers: Headers, body: string) => Promise<void>) | null;
}

/** Joins the console. */
export function createConsole(needs: ConsoleNeeds): Console {
  const { store, content, desk, bell, conversation } = needs;
  const signIn = createSignIn({ ...needs, ...needs.signIn });
  const { door, rolesNow } = signIn;
  const actions = createAgentActions({ ...needs, ...conversation, changed: (ticket) => bell.ring(ticket) });
  const causeName = (slug: string) => content.causes.get(slug)?.name ?? slug;
  const causes = needs.causes.map((slug) => ({ slug, name: causeName(slug) }));
  const escalations = createEscalations({ ...needs, actions, door, rolesNow, causeName, url: needs.signIn.url });
  const insights = insightsRoutes({
    ...{ figures: store.figures, audit: store.audit, door, clock: needs.clock, random: needs.random, causeName },
    articleTitle: (slug) => content.articles.get(slug)?.title ?? slug,
    reasonName: (key) => content.replies.actions[key] ?? null,
  });
  async function hearDesk(headers: Headers, body: string): Promise<void> {
    for (const event of desk.hear?.(headers, body) ?? []) await actions.fromDesk(desk.name, event);
  }
  return {
    door,
    escalations,
    link: () => signIn.link(),
    routes: [
      ...signIn.routes,
      ...consolePages({ door, files: needs.files, origins: needs.origins }),
      ...apiRoutes({ store, door, desk: desk.name, causes }),
      ...actionRoutes({ store, door, causes, actions }),
      ...escalations.routes,
      ...insights,
    ],
    stream: createConsoleStream({ bell, tickets: store.tickets, listen: conversation.listen }),
    hearDesk: desk.hear ? hearDesk : null,
  };
}
