import { fail, ok, type Check } from '../../domain/check.ts';
import { probe } from '../../http/probe.ts';
import type { StatusPage } from './index.ts';
import { pageSchema } from './summary.ts';

/** Asks the status page for its summary. */
export function checkStatusPage({ url }: StatusPage): Check {
  const at = new URL('/api/v2/summary.json', url);
  return {
    name: 'status page',
    async run({ fetch }) {
      const { status, json } = await probe(fetch, at);
      if (status === 200 && pageSchema.safeParse(json).success) return ok(`${at.host} tells its state`);
      const what = status === 200 ? 'answers something that is no summary' : `answered ${status}`;
      return fail(`${at.host} ${what}`, 'set STATUS_PAGE_URL to a public Atlassian Statuspage (docs/status-page.md)');
    },
  };
}
