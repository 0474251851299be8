import type { CustomFetch } from 'openid-client';
import { roles, type Agent } from '../../domain/agent.ts';
import { codeOf } from '../../domain/errors.ts';
import type { Clock, Log, Random, Store } from '../../domain/ports.ts';
import { json } from '../../http/answer.ts';
import type { ClientKey } from '../../http/client-keys.ts';
import type { Call, Handler, Route } from '../../http/route.ts';
import { lazily } from '../../domain/lazily.ts';
import { rolesOf } from '../../identity/roles.ts';
import type { ConsoleSettings } from '../../identity/settings.ts';
import { createAuthGuard, type AuthGuard } from '../auth-guard.ts';
import { createCookie } from './cookies.ts';
import { demoPerson, isDemoPerson } from './demo-people.ts';
import { safeNext, signInAt } from './next.ts';
import { createOneTimeLinks } from './one-time-links.ts';
import { choicesPage } from './pages.ts';
import { createSessions, seeOther, sessionSeconds, type Sessions } from './sessions.ts';

/** What the sign-in needs. */
export interface SignInNeeds {
  readonly settings: ConsoleSettings;
  readonly publicUrl: string | null;
  /** Where this server is reached. */
  readonly url: string;
  /** Signs everybody in at once as somebody made up, unless there is a provider. */
  readonly demo: boolean;
  readonly store: Pick<Store, 'agentSessions' | 'audit' | 'tokens' | 'oneTime' | 'limits' | 'sharedKey'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly fetch: CustomFetch;
  readonly clientKey: ClientKey;
  /** Writes a line to the operator’s terminal. */
  readonly print: (line: string) => void;
}

/** The sign-in of the console: its pages, who is in, and the address where the operator gets in. */
export interface SignIn {
  readonly routes: readonly Route[];
  readonly auth: AuthGuard;
  /** Which roles an agent has by now; none: they may not be in. */
  readonly rolesNow: (agent: Agent) => Agent['roles'];
  /** A new one-time link; the sign-in page where there are none, or in the demo, which needs none. */
  link(): Promise<string>;
}

/** Lets agents in to the console, with OpenID Connect, a one-time link or, in the demo, at once. */
export function createSignIn(needs: SignInNeeds): SignIn {
  const { settings, publicUrl, store } = needs;
  const isHttps = publicUrl?.startsWith('https:') ?? false;
  const cookie = createCookie('latchkey_console', '/console', sessionSeconds, isHttps);
  const sessions = createSessions({ store, clock: needs.clock, random: needs.random, cookie });
  const isFree = needs.demo && settings.openId === null;
  const roles = rolesNow(settings, isFree);
  const auth = createAuthGuard({ sessions: store.agentSessions, cookie, publicUrl, rolesNow: roles });
  const signOut: Route = [
    'post',
    '/console/sign-out',
    async (request) => {
      await auth.agentOf(request);
      await sessions.end(request);
      return json({ next: signInAt('/console') }, 200, { 'set-cookie': cookie.forget, 'cache-control': 'no-store' });
    },
  ];
  const inside = isFree ? freeEntrance(needs, auth, sessions) : guardedEntrance(needs, auth, sessions);
  return { auth, rolesNow: roles, link: inside.link, routes: [...inside.routes, signOut] };
}

type Entrance = Pick<SignIn, 'routes' | 'link'>;

function freeEntrance({ random, url }: SignInNeeds, auth: AuthGuard, sessions: Sessions): Entrance {
  let count = 0;
  const enter: Handler = async (request) => {
    const next = nextOf(request);
    if (await whoIs(auth, request)) return seeOther(next);
    count += 1;
    return sessions.begin(request, demoPerson(count, random), 'demo', next);
  };
  return { link: () => Promise.resolve(url + signInAt('/console')), routes: [['get', '/console/sign-in', enter]] };
}

function guardedEntrance(needs: SignInNeeds, auth: AuthGuard, sessions: Sessions): Entrance {
  const { store } = needs;
  const links = needs.settings.oneTimeLinks
    ? createOneTimeLinks({ ...needs, oneTime: store.oneTime, limits: store.limits, sessions })
    : null;
  const provider = providerOf(needs, sessions);
  const choose: Handler = async (request) => {
    const key = new URLSearchParams(request.getQuery()).get('key');
    if (key !== null && links) return links.signIn(request, key);
    const signedIn = await whoIs(auth, request);
    return choicesPage({ host: provider.host, hasLinks: links !== null, next: nextOf(request), signedIn });
  };
  return {
    link: () => links?.link() ?? Promise.resolve(needs.url + signInAt('/console')),
    routes: [['get', '/console/sign-in', choose], ...(links?.routes ?? []), ...provider.routes],
  };
}

function providerOf(needs: SignInNeeds, sessions: Sessions): { host: string | null; routes: Route[] } {
  const { settings, publicUrl, store } = needs;
  if (!settings.openId || publicUrl === null) return { host: null, routes: [] };
  const redirectUri = `${publicUrl}/console/callback`;
  const { openId: provider, roles } = settings;
  const steps = lazily(async () => {
    const { createOpenId } = await import('../../identity/openid.ts');
    const { openIdSteps } = await import('./openid-steps.ts');
    const openId = createOpenId({ ...needs, settings: provider, redirectUri });
    const own = (email: string | null) => rolesOf(email, roles);
    return openIdSteps({
      ...needs,
      openId,
      redirectUri,
      sessions,
      tokens: store.tokens,
      rolesOf: own,
      sharedKey: store.sharedKey,
    });
  });
  return {
    host: new URL(provider.issuer).host,
    routes: [
      ['get', '/console/sign-in/openid', async (request) => (await steps()).begin(request)],
      ['get', '/console/callback', async (request) => (await steps()).finish(request)],
    ],
  };
}

/** Sessions outlive a restart, and so a change of the settings: nobody keeps a role that was taken away. */
function rolesNow(settings: ConsoleSettings, isFree: boolean): (agent: Agent) => Agent['roles'] {
  return (agent) => {
    if (agent.email !== null) return rolesOf(agent.email, settings.roles);
    return isDemoPerson(agent) === isFree ? roles : [];
  };
}

function nextOf(request: Call): string {
  return safeNext(new URLSearchParams(request.getQuery()).get('next'));
}

async function whoIs(auth: AuthGuard, request: Call): Promise<Agent | null> {
  try {
    return await auth.agentOf(request);
  } catch (error) {
    if (codeOf(error) === 'not-signed-in') return null;
    throw error;
  }
}
