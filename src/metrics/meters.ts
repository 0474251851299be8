import { collectDefaultMetrics, Counter, Registry } from 'prom-client';
import { slugOf } from './slug.ts';
import { meterState, type StateMeterNeeds } from './state-meters.ts';
import { meterTurns } from './turn-meters.ts';

/** What is counted while the process runs, for whoever watches it. */
export interface Meters {
  /** Counts what a channel did not believe, by a short slug of why. */
  refused(channel: string, why: string): void;
  /** Counts an identity that was refused, by why. */
  identityRefused(reason: string): void;
  /** In the format of Prometheus, which `type` names. */
  text(): Promise<string>;
  readonly type: string;
}

/** Meters of this process, with Node's own beside ours; the delay of its event loop is among those. */
export function createMeters(needs: StateMeterNeeds): Meters {
  const { events } = needs;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  meterTurns(registry, events);
  const lookAtState = meterState(registry, needs);
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Counter({ name, help, labelNames, registers: [registry] });
  const refused = counter(
    'latchkey_refused_total',
    'Requests to a channel that were refused, by why',
    'channel',
    'why',
  );
  const identities = counter(
    'latchkey_identity_refused_total',
    'Signed identities that were refused, by why (docs/identity.md)',
    'reason',
  );
  const doubtful = counter(
    'latchkey_doubtful_total',
    'Members of answers about accounts that are not as agreed, or can hardly be meant, by their path',
    'path',
  );
  const requests = counter(
    'latchkey_requests_refused_total',
    'Requests that were refused or failed, by the code',
    'code',
  );
  const brought = counter(
    'latchkey_far_end_answers_total',
    'How the desk and the channels took what was brought to them',
    ...(['kind', 'name', 'result'] as const),
  );
  events.on('answer-doubtful', (path) => doubtful.inc({ path }));
  events.on('request-refused', (code) => requests.inc({ code }));
  events.on('far-end-answered', ({ kind, name, result }) => brought.inc({ kind, name: slugOf(name), result }));
  return {
    identityRefused: (reason) => identities.inc({ reason }),
    refused: (channel, why) => refused.inc({ channel, why }),
    async text() {
      await lookAtState();
      return registry.metrics();
    },
    type: registry.contentType,
  };
}
