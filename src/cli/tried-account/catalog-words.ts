import type { Catalog } from '../../domain/catalog.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { row } from './lines.ts';

function metersTold({ quotas, rates, credits }: Snapshot): string[] {
  return [quotas, rates, credits].flatMap((fact) => (fact.known ? fact.value.map(({ meter }) => meter) : []));
}

/** What the catalog has and the account does not tell: without it a feature cannot be judged. Only of the feature that is named. */
export function untoldIn(snapshot: Snapshot, feature: string | null, { features }: Catalog): string[] {
  const { entitlements, quotas } = snapshot;
  const asked = features.filter(({ slug }) => feature === null || slug === feature);
  const granted = entitlements.known ? entitlements.value.map((one) => one.feature) : null;
  const counted = quotas.known ? metersTold(snapshot) : null;
  const meters = [...new Set(asked.flatMap((one) => one.meters))];
  return [
    ...untold(
      'entitlements[].feature',
      asked.map(({ slug }) => slug),
      granted,
    ),
    ...untold('usage[].meter', meters, counted),
  ];
}

function untold(path: string, wanted: readonly string[], told: readonly string[] | null): string[] {
  const missing = told === null ? [] : wanted.filter((slug) => !told.includes(slug));
  return missing.length === 0 ? [] : row('?', path, [`in the catalog, and not told: ${missing.join(', ')}`]);
}

/** Words of the account that are not the catalog's. */
export function strangersIn(snapshot: Snapshot, catalog: Catalog): string[] {
  const { entitlements, plan } = snapshot;
  const told = [
    [
      'entitlements[].feature',
      entitlements.known ? entitlements.value.map((one) => one.feature) : [],
      catalog.features,
    ],
    ['subscription.plan', plan.known ? [plan.value] : [], catalog.plans],
    ['usage[].meter', metersTold(snapshot), catalog.meters],
  ] as const;
  return told.flatMap(([path, used, sold]) => {
    const strange = [...new Set(used)].filter((slug) => !sold.some((one) => one.slug === slug));
    return strange.length === 0 ? [] : row('·', path, [`not in the catalog: ${strange.join(', ')}`]);
  });
}
