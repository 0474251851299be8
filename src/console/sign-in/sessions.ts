import type { IncomingMessage } from 'node:http';
import type { Agent, Person } from '../../domain/agent.ts';
import type { AuditAction } from '../../domain/audit.ts';
import type { Clock, Random, Store } from '../../domain/ports.ts';
import type { Answer } from '../../http/answer.ts';
import type { Cookie } from './cookies.ts';

/** Signing agents in and out, each time with a line in the audit log. */
export interface Sessions {
  /** Signs in with a new secret, and goes on to `next`; the session that this browser had ends. `how`: for the log. */
  begin(request: IncomingMessage, agent: Agent, how: string, next: string): Promise<Answer>;
  /** Ends the session of this browser, if it has one. */
  end(request: IncomingMessage, why?: string): Promise<void>;
}

/** Where sessions and the audit log are kept, and the cookie that names a session. */
export interface SessionsNeeds {
  readonly store: Pick<Store, 'agentSessions' | 'audit'>;
  readonly cookie: Cookie;
  readonly clock: Clock;
  readonly random: Random;
}

/** How long a session lasts. */
export const sessionSeconds = 43_200;

/** Sessions in the store. */
export function createSessions({ store, cookie, clock, random }: SessionsNeeds): Sessions {
  const remember = (action: AuditAction, { id, name }: Person, detail: string | null) =>
    store.audit.add({ id: random.id(22), by: { id, name }, action, ticket: null, detail });

  async function end(request: IncomingMessage, why: string | null = null): Promise<void> {
    const secret = cookie.read(request);
    const agent = secret === null ? null : await store.agentSessions.find(secret);
    if (secret === null || !agent) return;
    await store.agentSessions.end(secret);
    await remember('sign-out', agent, why);
  }

  return {
    async begin(request, agent, how, next) {
      await end(request, 'signed in anew');
      // First the line: nobody is in of whom the log does not know.
      await remember('sign-in', agent, how);
      const secret = random.id(43);
      await store.agentSessions.open(secret, agent, clock.now() + sessionSeconds * 1000);
      return seeOther(next, cookie.keep(secret));
    },
    end,
  };
}

/** Sends the browser on, with a cookie where one is given. */
export function seeOther(location: string, cookie?: string): Answer {
  const headers = { location, 'cache-control': 'no-store', ...(cookie !== undefined && { 'set-cookie': cookie }) };
  return { status: 303, type: 'text/plain', body: '', headers };
}
