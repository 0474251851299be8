import type { IncomingMessage } from 'node:http';
import type { Agent, Role } from '../domain/agent.ts';
import { SupportError } from '../domain/errors.ts';
import type { AgentSessions } from '../domain/ports.ts';
import type { Cookie } from './sign-in/cookies.ts';

/**
 * Who asks for a page or a call of the console. Of the roles that are needed one is enough; none: whoever is signed in.
 * Both throw `not-signed-in`, `not-allowed` or `origin-refused`.
 */
export interface AuthGuard {
  /** What changes something must also come from a page of our own, as JSON; throws `body-wrong-type` too. */
  agentOf(request: IncomingMessage, ...needed: readonly Role[]): Promise<Agent>;
  /** For a WebSocket, which must come from a page of our own. Asked again later, it tells whether that still holds. */
  agentOfUpgrade(request: IncomingMessage, ...needed: readonly Role[]): Promise<Agent>;
}

/** The sessions, the cookie that names one, our own address, and which roles an agent has by now. */
export interface AuthGuardNeeds {
  readonly sessions: Pick<AgentSessions, 'find'>;
  readonly cookie: Cookie;
  readonly publicUrl: string | null;
  readonly rolesNow: (agent: Agent) => readonly Role[];
}

/** Lets in whoever has a session and one of the roles. */
export function createAuthGuard({ sessions, cookie, publicUrl, rolesNow }: AuthGuardNeeds): AuthGuard {
  /** The sites that may embed the widget are not asked: they have no business here. */
  function demandOwnOrigin({ headers }: IncomingMessage): void {
    const own = publicUrl ?? `http://${headers.host ?? 'localhost'}`;
    if (headers.origin !== own) throw new SupportError('origin-refused');
  }

  async function signedIn(request: IncomingMessage, needed: readonly Role[]): Promise<Agent> {
    const secret = cookie.read(request);
    const found = secret === null ? null : await sessions.find(secret);
    const roles = found ? rolesNow(found) : [];
    if (!found || roles.length === 0) throw new SupportError('not-signed-in');
    if (needed.length > 0 && !needed.some((role) => roles.includes(role))) throw new SupportError('not-allowed');
    return { ...found, roles };
  }

  return {
    async agentOf(request, ...needed) {
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        demandOwnOrigin(request);
        if (!/^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? ''))
          throw new SupportError('body-wrong-type');
      }
      return signedIn(request, needed);
    },
    async agentOfUpgrade(request, ...needed) {
      demandOwnOrigin(request);
      return signedIn(request, needed);
    },
  };
}
