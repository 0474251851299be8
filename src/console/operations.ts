import { iso } from '../domain/instant.ts';
import type { OperationsAnswer } from '../domain/operations.ts';
import { json } from '../http/answer.ts';
import type { Route } from '../http/route.ts';
import type { Sample } from '../metrics/sampler.ts';
import type { AuthGuard } from './auth-guard.ts';
import { createStandings, type StandingNeeds } from './standings.ts';

/** What the operators' page is made of. */
export interface OperationsNeeds extends StandingNeeds {
  readonly sample: () => Promise<Sample>;
  readonly openSockets: () => number;
}

/** How everything stands, for operators. */
export function operationsRoutes(auth: Pick<AuthGuard, 'agentOf'>, needs: OperationsNeeds): Route[] {
  const { events, clock, sample, openSockets } = needs;
  const known = [...needs.known, { kind: 'store', name: 'store' } as const];
  const standings = createStandings({ events, clock, known });
  return [
    [
      'get',
      '/console/api/operations',
      async (call) => {
        await auth.agentOf(call, 'operator');
        const { at, ready, backlog } = await sample();
        standings.saw('store', 'store', ready ? null : 'store-unavailable');
        const answer: OperationsAnswer = {
          at: iso(at),
          standings: standings.list(),
          backlog,
          openSockets: openSockets(),
        };
        return json(answer);
      },
    ],
  ];
}
