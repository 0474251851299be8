import { RateLimiterMemory } from 'rate-limiter-flexible';
import { roles, type Agent } from '../../domain/agent.ts';
import type { Clock, Log, Random } from '../../domain/ports.ts';
import type { Answer } from '../../http/answer.ts';
import type { Call, Route } from '../../http/route.ts';
import { createOneTimeKeys } from './one-time-keys.ts';
import { safeNext } from './next.ts';
import { sentencePage } from './pages.ts';
import type { Sessions } from './sessions.ts';

/** What the one-time links need; `url`: where this server is reached. */
export interface OneTimeLinksNeeds {
  readonly url: string;
  readonly print: (line: string) => void;
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Who signs in with a one-time link. */
export const localOperator: Agent = { id: 'operator', name: 'operator on this machine', email: null, roles };

/** Milliseconds between two links that are printed because somebody asked. */
const pause = 30_000;
const wrongKeysPerMinute = 10;

/** One-time links: making one, asking for one to be printed, and signing in with one. */
export interface OneTimeLinks {
  link(): string;
  signIn(request: Call, key: string): Promise<Answer>;
  readonly routes: Route[];
}

/** Links that end with the process. */
export function createOneTimeLinks({ url, print, sessions, clock, random, log }: OneTimeLinksNeeds): OneTimeLinks {
  const keys = createOneTimeKeys(random, clock);
  const wrong = new RateLimiterMemory({ points: wrongKeysPerMinute, duration: 60 });
  const link = () => `${url}/console/sign-in?key=${keys.make()}`;
  let printedAt = -Infinity;

  return {
    link,
    // A right key is never refused: guessing is hopeless, and a limit on it would let strangers lock the operator out.
    async signIn(request, key) {
      const next = safeNext(new URLSearchParams(request.getQuery()).get('next'));
      if (keys.use(key)) return sessions.begin(request, localOperator, 'one-time link', next);
      const address = request.socket.remoteAddress ?? '';
      const isFlood = await wrong.consume(address).then(
        () => false,
        () => true,
      );
      if (isFlood) return sentencePage(429, 'Not signed in', 'Too many wrong links. Please wait a minute.');
      log.warn({ address }, 'a wrong one-time link');
      return sentencePage(401, 'Not signed in', 'This link was used before, or is older than 15 minutes.');
    },
    routes: [
      [
        'get',
        '/console/sign-in/print',
        () => {
          const wait = Math.ceil((printedAt + pause - clock.now()) / 1000);
          if (wait > 0) return sentencePage(429, 'Printed a moment ago', `Look there, or ask again in ${wait} s.`);
          printedAt = clock.now();
          print(`sign-in  ${link()}`);
          return sentencePage(200, 'A new link is printed', 'Look at the terminal where Latchkey runs, or its log.');
        },
      ],
    ],
  };
}
