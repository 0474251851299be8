import { readFileSync } from 'node:fs';
import { createStatusPageSource } from '../../src/accounts/status-page/index.ts';
import type { Catalog } from '../../src/domain/catalog.ts';
import type { Connect, FarEnd } from '../accounts/far-end.ts';
import { nocked } from './nocked.ts';

export const pageUrl = 'https://status.meridian.test';

const feature = (slug: string, components?: readonly string[]) => ({
  ...{ slug, name: slug, synonyms: [], lowestPlan: 'free', meters: [] },
  ...(components && { components }),
});
/** Components by name, by id, by their group, and none. */
export const catalog: Catalog = {
  company: 'Meridian',
  features: [
    feature('export', ['exports ']),
    feature('api', ['9397cnvk62zn']),
    feature('reports', ['Reports and dashboards']),
    feature('dashboards', ['Web app']),
    feature('assistant', ['AI assistant', 'Billing']),
    feature('sso'),
  ],
  plans: [],
  meters: [],
};

export type Node = Record<string, unknown>;
export interface Summary extends Node {
  components: Node[];
  incidents: Node[];
  scheduled_maintenances: Node[];
}

const recorded = readFileSync(new URL('../accounts/recorded/status-page-summary.json', import.meta.url), 'utf8');
/** A fresh copy of the recorded summary, after a change. */
export function summaryWith(change: (summary: Summary) => void = () => undefined): Summary {
  const summary = JSON.parse(recorded) as Summary;
  change(summary);
  return summary;
}

/** A page on which all is well. */
export function allWell(summary: Summary): void {
  for (const component of summary.components) component.status = 'operational';
  summary.incidents = [];
  summary.scheduled_maintenances = [];
}

/** The page with this summary; asked for anything else it fails. */
export function statusPageWith(body: unknown): FarEnd {
  return ({ pathname, search }) => {
    if (`${pathname}${search}` === '/api/v2/summary.json') return { status: 200, body };
    throw new Error(`nobody should ask the status page for ${pathname}${search}`);
  };
}

/** The status page through nock and the real HTTP client. */
export const statusPageOverNock: Connect = nocked(pageUrl, createStatusPageSource({ url: `${pageUrl}/` }, catalog));
