import assert from 'node:assert/strict';
import { createStatusPageSource } from '../../src/accounts/status-page/index.ts';
import { codeOf } from '../../src/domain/errors.ts';
import type { Incident } from '../../src/domain/snapshot.ts';
import {
  allWell,
  catalog,
  pageUrl,
  statusPageOverNock,
  statusPageWith,
  summaryWith,
  type Node,
  type Summary,
} from '../support/status-page.ts';
import { accountSourceContract, type Case } from './contract.ts';
import { inMemory } from './far-end.ts';
import { subject } from './fixture.ts';

const exportsFail: Incident = {
  name: 'Exports fail for all customers in the EU',
  features: ['export', 'dashboards'],
  since: Date.UTC(2026, 10, 22, 9, 40, 12, 441),
  url: 'https://stspg.io/cp306tmz',
};
const upgrade: Incident = {
  name: 'Assistant upgrade',
  features: ['assistant'],
  since: Date.UTC(2026, 10, 22, 10),
  url: 'https://stspg.io/w1l3ma1n',
};
/** In an outage that nobody wrote an incident about; no feature runs on it. */
const site: Incident = { name: 'Marketing site: partial outage', features: [], since: null, url: pageUrl };
const told = { incidents: [exportsFail, upgrade, site] };

const cases: Record<string, Case> = {};
const when = (name: string, change: (summary: Summary) => void, differs: Omit<Case, 'farEnd'>) =>
  (cases[name] = { farEnd: statusPageWith(summaryWith(change)), ...differs });
const notTold = { unread: { incidents: 'not-told' } } as const;
const first = (list: readonly Node[]) => list[0] ?? {};
/** All is well but for this incident, made of the recorded grave one. */
const alone = (name: string, change: Node, incidents: readonly Incident[]) =>
  when(
    name,
    (summary) => {
      const incident = { ...first(summary.incidents), ...change };
      allWell(summary);
      summary.incidents = [incident];
    },
    { told: { incidents } },
  );

when('all is well', allWell, { told: { incidents: [] } });
when(
  'a component is only slow',
  (summary) => {
    allWell(summary);
    first(summary.components.slice(1)).status = 'degraded_performance';
  },
  { told: { incidents: [] } },
);

// What an incident concerns.
const component = (status: string, id = 'b13yz5g2cw10', name = 'Exports') => ({ id, name, status, group_id: null });
const { name, since, url } = exportsFail;
const onExport: Incident = { name, features: ['export'], since, url };
alone('an incident names no component', { components: [] }, [{ ...onExport, features: null }]);
alone('an incident has no list of components', { components: undefined }, [{ ...onExport, features: null }]);
alone('a major incident names no component', { components: [], impact: 'major' }, [{ ...onExport, features: null }]);
for (const impact of ['minor', 'none', 'maintenance'])
  alone(`a ${impact} incident names no component`, { components: [], impact }, []);
alone(
  'an incident is of a component that no feature runs on',
  { components: [component('major_outage', 'x', 'Shop')] },
  [{ ...onExport, features: [] }],
);
alone('a grave incident is of a component that works again', { components: [component('operational')] }, [onExport]);
alone(
  'a minor incident is of a component that is out',
  { impact: 'minor', components: [component('partial_outage')] },
  [onExport],
);
for (const status of ['operational', 'degraded_performance'])
  alone(
    `a minor incident is of a component that is ${status}`,
    { impact: 'minor', components: [component(status)] },
    [],
  );
alone(
  'a minor incident is of two components, one of them out',
  { impact: 'minor', components: [component('operational'), component('major_outage', '9397cnvk62zn', 'API')] },
  [{ ...onExport, features: ['api'] }],
);
alone('an incident is of a whole group', { components: [component('major_outage', 'g7web0000000', 'Web app')] }, [
  { ...onExport, features: ['dashboards'] },
]);
for (const status of ['investigating', 'identified', 'monitoring'])
  alone(`an incident is at ${status}`, { status, components: [component('major_outage')] }, [onExport]);
for (const status of ['resolved', 'postmortem']) alone(`an incident is at ${status}`, { status }, []);

// Since when, and where to read on.
const mine = { components: [component('major_outage')] };
for (const [how, started_at] of [
  ['absent', undefined],
  ['null', null],
  ['malformed', 'yesterday'],
  ['in the future', '2026-11-23T00:00:00Z'],
] as const)
  alone(`its beginning is ${how}`, { ...mine, started_at }, [{ ...onExport, since: null }]);
for (const shortlink of [
  undefined,
  null,
  7,
  'javascript:alert(1)',
  'javascript:https://stspg.io/x',
  'https://stspg.io/x](https://evil.test)',
  'https://user:secret@stspg.io/x',
  'https://stspg.io/<b>',
  '//stspg.io/x',
  `https://stspg.io/${'x'.repeat(200)}`,
])
  alone(`its link is ${String(shortlink).slice(0, 50)}`, { ...mine, shortlink }, [{ ...onExport, url: pageUrl }]);

// A name of which nothing is left.
alone('its name is nothing that can be told', { ...mine, name: '***' }, [{ ...onExport, name: 'Incident' }]);

// Components and maintenances.
const outOf = (status: string) => (summary: Summary) => {
  allWell(summary);
  first(summary.components.slice(1)).status = status;
  first(summary.components).status = status;
};
const silent = { features: ['export', 'dashboards'], since: null, url: pageUrl };
when('a component is in a partial outage without an incident', outOf('partial_outage'), {
  told: { incidents: [{ ...silent, name: 'Exports: partial outage' }] },
});
when('a component is in a major outage without an incident', outOf('major_outage'), {
  told: { incidents: [{ ...silent, name: 'Exports: major outage' }] },
});
when(
  "a component's name is nothing that can be told",
  (summary) => {
    outOf('major_outage')(summary);
    first(summary.components.slice(1)).name = '***';
  },
  { told: { incidents: [{ ...silent, name: 'Component: major outage', features: ['dashboards'] }] } },
);
when('a component is maintained without a maintenance', outOf('under_maintenance'), { told: { incidents: [] } });
for (const [status, incidents] of [
  ['scheduled', [exportsFail, site]],
  ['in_progress', [exportsFail, upgrade, site]],
  ['verifying', [exportsFail, upgrade, site]],
  ['completed', [exportsFail, site]],
] as const)
  when(`a maintenance is ${status}`, ({ scheduled_maintenances: list }) => (first(list).status = status), {
    told: { incidents },
  });
when('a maintenance names no component', ({ scheduled_maintenances: list }) => (first(list).components = []), {
  told: {
    incidents: [exportsFail, { ...site, name: 'AI assistant: under maintenance', features: ['assistant'] }, site],
  },
});
when(
  'its component works already',
  ({ scheduled_maintenances: list, components }) => {
    first(first(list).components as Node[]).status = 'operational';
    first(components.slice(4)).status = 'operational';
  },
  { told: { incidents: [exportsFail, site] } },
);

// Absent and malformed: one part that we do not understand may be the one that matters.
for (const [how, value] of [
  ['absent', undefined],
  ['malformed', { not: 'as agreed' }],
  ['null', null],
] as const) {
  for (const member of ['components', 'incidents', 'scheduled_maintenances'])
    when(`the list of ${member} is ${how}`, (summary) => Object.assign(summary, { [member]: value }), notTold);
  for (const member of ['name', 'status', 'impact'])
    when(`an incident's ${member} is ${how}`, ({ incidents }) => (first(incidents)[member] = value), notTold);
  for (const member of ['id', 'name', 'status'])
    when(`a component's ${member} is ${how}`, ({ components }) => (first(components)[member] = value), notTold);
}
when('an impact is one that is not known yet', ({ incidents }) => (first(incidents).impact = 'fatal'), notTold);
when('a status is one that is not known yet', ({ components }) => (first(components).status = 'full_outage'), notTold);

const source = createStatusPageSource({ url: pageUrl }, catalog);
const foreign = {
  'no page': statusPageWith({ ...summaryWith(), page: undefined }),
  'another API': statusPageWith({ account: { id: 'acct_42' } }),
};
const contract = { secret: null, whole: statusPageWith(summaryWith()), told, cases, foreign };
accountSourceContract({ ...contract, name: 'status-page, without a network', connect: inMemory(source) });
accountSourceContract({ ...contract, name: 'status-page, through nock', connect: statusPageOverNock });

describe('a status page that is not public', () => {
  for (const status of [401, 403])
    it(`is the operator's to mend (${status})`, async () => {
      const reading = {
        at: 0,
        warn: () => undefined,
        doubt: () => undefined,
        get: () => Promise.resolve({ status, text: '{}', header: () => undefined }),
      };
      await assert.rejects(source.read(subject, reading), (thrown) => codeOf(thrown) === 'account-refused');
    });
});
