import type { Person } from './agent.ts';
import type { Instant } from './instant.ts';

/** Everything that is done in the console and is remembered. */
export const auditActions = [
  ...(['sign-in', 'sign-out', 'claim', 'release', 'reply', 'note', 'hand-back', 'close', 'reopen'] as const),
  ...(['assign', 'priority', 'merge'] as const),
  ...(['requeue', 'export', 'connect', 'export-person', 'erase-person'] as const),
] as const;
/** One of the actions above. */
export type AuditAction = (typeof auditActions)[number];

/** Who did what, when; `detail` never holds a customer's words. */
export interface AuditEntry {
  readonly id: string;
  readonly at: Instant;
  readonly by: Person;
  readonly action: AuditAction;
  readonly ticket: string | null;
  readonly detail: string | null;
}
