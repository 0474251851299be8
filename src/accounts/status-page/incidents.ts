import type { Catalog } from '../../domain/catalog.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Incident } from '../../domain/snapshot.ts';
import { plainLine } from './plain-line.ts';
import type { Component, Notice, Summary } from './summary.ts';

/** What the features are looked up in, the page's own address, and when it was read. */
export interface Reader {
  readonly catalog: Catalog;
  readonly pageUrl: string;
  readonly at: Instant;
}

/** What keeps customers out right now: outages and maintenances. Slowness keeps nobody out. */
export function incidentsOf(summary: Summary, reader: Reader): readonly Incident[] {
  const maintenances = summary.scheduled_maintenances.filter(({ status }) =>
    ['in_progress', 'verifying'].includes(status),
  );
  const incidents = summary.incidents.filter(({ status }) => !['resolved', 'postmortem'].includes(status));
  const notices = [...incidents, ...maintenances];
  const noted = new Set(notices.flatMap((notice) => hitBy(notice).map(({ id }) => id)));
  const unnoted = summary.components.filter(
    (one) => !one.group && !noted.has(one.id) && isOut(one) && (!isMaintained(one) || maintenances.length > 0),
  );
  const lookUp = (components: readonly Component[]) => featuresOf(components, summary.components, reader.catalog);
  return [
    ...notices.flatMap((notice) => incidentOf(notice, lookUp, reader)),
    ...unnoted.map((one) => outageOf(one, lookUp, reader)),
  ];
}

type LookUp = (components: readonly Component[]) => readonly string[];

/** An incident of which we do not know what it hits counts only when it is grave; then it may concern any feature. */
function incidentOf(notice: Notice, lookUp: LookUp, { pageUrl, at }: Reader): Incident[] {
  const isAnywhere = (notice.components ?? []).length === 0;
  const hit = hitBy(notice);
  if (isAnywhere ? !isGrave(notice) : hit.length === 0) return [];
  const { name, started_at: start = null, shortlink } = notice;
  const since = start === null || start > at ? null : start;
  return [{ name: name || 'Incident', features: isAnywhere ? null : lookUp(hit), since, url: shortlink ?? pageUrl }];
}

function outageOf(component: Component, lookUp: LookUp, { pageUrl }: Reader): Incident {
  const name = `${component.name || 'Component'}: ${component.status.replace('_', ' ')}`;
  return { name, features: lookUp([component]), since: null, url: pageUrl };
}

/** A grave incident keeps customers out of all its components, another one of those that are out. */
function hitBy(notice: Notice): readonly Component[] {
  const components = notice.components ?? [];
  return isGrave(notice) ? components : components.filter(isOut);
}

function isGrave({ impact }: Notice): boolean {
  return impact === 'major' || impact === 'critical';
}

function isOut({ status }: Component): boolean {
  return status !== 'operational' && status !== 'degraded_performance';
}

function isMaintained({ status }: Component): boolean {
  return status === 'under_maintenance';
}

/** The features that run on any of these components, or on a group that one of them is in. */
function featuresOf(components: readonly Component[], all: readonly Component[], { features }: Catalog): string[] {
  const groups = all.filter(({ id }) => components.some((one) => one.group_id === id));
  const names = new Set([...components, ...groups].flatMap(({ id, name }) => [folded(id), folded(name)]));
  return features.filter((one) => one.components?.some((name) => names.has(folded(name)))).map(({ slug }) => slug);
}

function folded(name: string): string {
  return plainLine(name).toLowerCase();
}
