import { isbot } from 'isbot';
import type { IncomingMessage } from 'node:http';
import type { ArticleViews, Clock, Log } from '../domain/ports.ts';

/** Counts how often pages were opened, in memory: whoever opens one waits for no disk. */
export interface ViewCounter {
  /** Counts this request for an article's page, unless no person makes it. */
  saw(article: string, request: IncomingMessage): void;
  /** Stores what was counted since; what cannot be stored is kept for the next time. Never throws. */
  flush(): Promise<void>;
}

const dayMs = 86_400_000;

/** What is counted since the last flush is lost where the process is killed. */
export function createViewCounter(views: ArticleViews, clock: Clock, log: Log): ViewCounter {
  let counted = new Map<number, Map<string, number>>();

  function count(day: number, article: string, more: number): void {
    const ofDay = counted.get(day) ?? new Map<string, number>();
    counted.set(day, ofDay.set(article, (ofDay.get(article) ?? 0) + more));
  }

  return {
    saw(article, request) {
      if (isOpenedByPerson(request)) count(Math.floor(clock.now() / dayMs), article, 1);
    },
    async flush() {
      const before = counted;
      counted = new Map();
      for (const [day, counts] of before)
        try {
          await views.add(day, counts);
        } catch (error) {
          for (const [article, more] of counts) count(day, article, more);
          log.warn({ err: error }, 'views of articles could not be stored yet');
        }
    },
  };
}

/** Not by a search engine or another program, not only to look whether it is there, and not ahead of time. */
function isOpenedByPerson({ method, headers }: IncomingMessage): boolean {
  const purpose = `${String(headers['sec-purpose'] ?? '')} ${String(headers.purpose ?? '')}`;
  const agent = headers['user-agent'] ?? '';
  return method === 'GET' && agent !== '' && !/prefetch|preview/i.test(purpose) && !isbot(agent);
}
