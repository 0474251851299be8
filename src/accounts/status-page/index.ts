import type { Catalog } from '../../domain/catalog.ts';
import { SupportError } from '../../domain/errors.ts';
import { known } from '../../domain/snapshot.ts';
import { parseAnswer } from '../parse-answer.ts';
import type { AccountSource } from '../source.ts';
import { incidentsOf } from './incidents.ts';
import { pageSchema, summarySchema } from './summary.ts';

/** Where a public Atlassian Statuspage is. */
export interface StatusPage {
  readonly url: string;
}

/** What is out of order right now, from the status page's summary. */
export function createStatusPageSource({ url }: StatusPage, catalog: Catalog): AccountSource {
  const pageUrl = url.replace(/\/$/, '');
  return {
    name: 'status-page',
    tells: ['incidents'],
    async read(_, { at, get }) {
      const { status, text } = await get(`${pageUrl}/api/v2/summary.json`, {});
      const detail = `the status page answered with the status ${status}`;
      if (status === 401 || status === 403) throw new SupportError('account-refused', { detail });
      if (status !== 200) throw new SupportError('account-unreachable', { detail });
      const answer = parseAnswer(text);
      if (!pageSchema.safeParse(answer).success) throw new SupportError('account-garbage');
      const { data: summary } = summarySchema.safeParse(answer);
      return summary ? { incidents: known(incidentsOf(summary, { catalog, pageUrl, at }), 'status-page', at) } : {};
    },
  };
}
