import type { TellableFinding } from '../domain/reply.ts';

/** What findings amount to: a proof, else what only a feature tells, else a doubt, else nothing. */
export type Standing = 'proved' | 'possible' | 'unknown' | 'ruled-out';

/** What these findings amount to. */
export function standingOf(findings: readonly TellableFinding[]): Standing {
  const has = (status: TellableFinding['status']) => findings.some((one) => one.status === status);
  if (has('proved')) return 'proved';
  if (has('possible') || has('needs-feature')) return 'possible';
  return has('unknown') ? 'unknown' : 'ruled-out';
}
