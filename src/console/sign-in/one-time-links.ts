import { roles, type Agent } from '../../domain/agent.ts';
import type { Clock, SharedLimits, Log, OneTime, Random } from '../../domain/ports.ts';
import { codeOf, retryAfterIn } from '../../domain/errors.ts';
import type { Answer } from '../../http/answer.ts';
import type { ClientKey } from '../../http/client-keys.ts';
import { spend } from '../../http/rate-limit.ts';
import type { Call, Route } from '../../http/route.ts';
import { safeNext } from './next.ts';
import { sentencePage } from './pages.ts';
import type { Sessions } from './sessions.ts';

/** What the one-time links need; `url`: where this server is reached. */
export interface OneTimeLinksNeeds {
  readonly url: string;
  readonly print: (line: string) => void;
  readonly sessions: Sessions;
  readonly oneTime: OneTime;
  readonly limits: SharedLimits;
  readonly clientKey: ClientKey;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Who signs in with a one-time link. */
export const localOperator: Agent = { id: 'operator', name: 'operator on this machine', email: null, roles };

/** Milliseconds between two links that are printed because somebody asked. */
const pause = 30_000;
const wrongKeysPerMinute = 10;
/** Milliseconds. */
const lifetime = 900_000;
const purpose = 'console';

/** One-time links: making one, asking for one to be printed, and signing in with one. */
export interface OneTimeLinks {
  link(): Promise<string>;
  signIn(request: Call, key: string): Promise<Answer>;
  readonly routes: Route[];
}

/** Links that are good for a quarter of an hour. */
export function createOneTimeLinks({
  url,
  print,
  sessions,
  oneTime,
  limits,
  clientKey,
  clock,
  random,
  log,
}: OneTimeLinksNeeds): OneTimeLinks {
  const wrong = limits('wrong-links', wrongKeysPerMinute, 60);
  const link = async () => {
    const key = random.id(43);
    await oneTime.add(key, { purpose, opens: localOperator.id, until: clock.now() + lifetime });
    return `${url}/console/sign-in?key=${key}`;
  };
  let printedAt = -Infinity;

  return {
    link,
    // A right key is never refused: guessing is hopeless, and a limit on it would let strangers lock the operator out.
    async signIn(request, key) {
      const next = safeNext(new URLSearchParams(request.getQuery()).get('next'));
      if ((await oneTime.take(key, purpose)) !== null)
        return sessions.begin(request, localOperator, 'one-time link', next);
      const address = clientKey(request);
      try {
        await spend(wrong, address);
      } catch (error) {
        if (codeOf(error) !== 'too-many-requests') throw error;
        return waitPage('Not signed in', 'Too many wrong links. Please wait a minute.', retryAfterIn(error) ?? 60_000);
      }
      log.warn({ address }, 'a wrong one-time link');
      return sentencePage(401, 'Not signed in', 'This link was used before, or is older than 15 minutes.');
    },
    routes: [
      [
        'get',
        '/console/sign-in/print',
        async () => {
          const waitMs = printedAt + pause - clock.now();
          const wait = `Look there, or ask again in ${Math.ceil(waitMs / 1_000)} s.`;
          if (waitMs > 0) return waitPage('Printed a moment ago', wait, waitMs);
          printedAt = clock.now();
          print(`sign-in  ${await link()}`);
          return sentencePage(200, 'A new link is printed', 'Look at the terminal where Latchkey runs, or its log.');
        },
      ],
    ],
  };
}

function waitPage(title: string, sentence: string, waitMs: number): Answer {
  const answer = sentencePage(429, title, sentence);
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(Math.ceil(waitMs / 1_000)) } };
}
