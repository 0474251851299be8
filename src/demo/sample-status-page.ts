import type { Server } from 'node:http';
import type { Instant } from '../domain/instant.ts';
import type { Clock } from '../domain/ports.ts';
import { createServer } from './create-server.ts';

const minutes = 60_000;

/** An HTTP server that answers as a public Atlassian Statuspage on which Automations are out of order. Not started yet. */
export function createSampleStatusPage(clock: Clock): Server {
  return createServer((request, response) => {
    const found = request.url === '/api/v2/summary.json';
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(found ? sampleSummary(clock.now(), true) : { error: 'not found' }));
  });
}

/** The page's summary while Automations are out of order, or while all is well. */
export function sampleSummary(now: Instant, isDown: boolean) {
  const startedAt = new Date(now - 40 * minutes).toISOString();
  const component = (id: string, name: string, status = 'operational') => ({ id, name, status, group: false });
  const automations = component('cmp_automations', 'Automations', isDown ? 'major_outage' : 'operational');
  return {
    page: { id: 'page_meridian', name: 'Meridian', url: 'https://status.meridian.example', time_zone: 'Etc/UTC' },
    status: { indicator: 'major', description: 'Partial System Outage' },
    components: [component('cmp_web', 'Web app'), component('cmp_api', 'API'), automations],
    incidents: isDown
      ? [
          {
            id: 'inc_automations',
            name: 'Automations do not start',
            status: 'investigating',
            impact: 'major',
            started_at: startedAt,
            created_at: startedAt,
            resolved_at: null,
            shortlink: 'https://status.meridian.example/incidents/inc_automations',
            components: [automations],
          },
        ]
      : [],
    scheduled_maintenances: [],
  };
}
