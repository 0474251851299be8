import type { IncomingMessage } from 'node:http';
import { roles } from '../domain/agent.ts';
import { codeOf } from '../domain/errors.ts';
import { page, type Answer } from '../http/answer.ts';
import type { WebFiles } from '../http/files.ts';
import type { Origins } from '../http/origins.ts';
import type { Call, Route } from '../http/route.ts';
import type { AuthGuard } from './auth-guard.ts';

/** What the console's pages stand on. */
export interface PageNeeds {
  readonly auth: AuthGuard;
  readonly files: WebFiles;
  readonly origins: Pick<Origins, 'streamBase'>;
}

const pages = [
  '/console',
  '/console/tickets/:number',
  '/console/insights',
  '/console/operations',
  '/console/audit',
  '/console/person',
  '/console/connect',
];

/** The console's pages, which are one, and its files. Whoever is not signed in is sent to do so. */
export function consolePages({ auth, files, origins }: PageNeeds): Route[] {
  const shell = async (call: Call): Promise<Answer> => {
    try {
      await auth.agentOf(call, ...roles);
    } catch (error) {
      if (codeOf(error) !== 'not-signed-in') throw error;
      return redirect(`/console/sign-in?next=${encodeURIComponent(call.url ?? '/console')}`);
    }
    return page(await files.page('console/index.html', {}), policy(call));
  };

  function policy(request: IncomingMessage): string {
    return [
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'",
      `connect-src 'self' ${origins.streamBase(request)}`,
      "frame-ancestors 'none'; require-trusted-types-for 'script'",
    ].join('; ');
  }

  return pages.map((path): Route => ['get', path, shell]);
}

function redirect(location: string): Answer {
  return { status: 303, type: 'text/plain', body: '', headers: { location } };
}
