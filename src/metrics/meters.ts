import { collectDefaultMetrics, Counter, Registry } from 'prom-client';

/** What is counted while the process runs, for whoever watches it. */
export interface Meters {
  /** Counts what a channel did not believe, by a short slug of why. */
  refused(channel: string, why: string): void;
  /** Counts an identity that was refused, by why. */
  identityRefused(reason: string): void;
  /** Counts something doubtful in an answer about an account, by the path of its member. */
  doubtful(path: string): void;
  /** In the format of Prometheus, which `type` names. */
  text(): Promise<string>;
  readonly type: string;
}

/** Meters of this process, with Node's own beside ours. */
export function createMeters(): Meters {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const refused = new Counter({
    name: 'latchkey_refused_total',
    help: 'Requests to a channel that were refused, by why',
    labelNames: ['channel', 'why'],
    registers: [registry],
  });
  const identities = new Counter({
    name: 'latchkey_identity_refused_total',
    help: 'Signed identities that were refused, by why (docs/identity.md)',
    labelNames: ['reason'],
    registers: [registry],
  });
  const doubtful = new Counter({
    name: 'latchkey_doubtful_total',
    help: 'Members of answers about accounts that are not as agreed, or can hardly be meant, by their path',
    labelNames: ['path'],
    registers: [registry],
  });
  return {
    identityRefused: (reason) => identities.inc({ reason }),
    refused: (channel, why) => refused.inc({ channel, why }),
    doubtful: (path) => doubtful.inc({ path }),
    text: () => registry.metrics(),
    type: registry.contentType,
  };
}
