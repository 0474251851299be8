import type { Board, TakeClaim } from '../../domain/escalation.ts';
import type { Store } from '../../domain/ports.ts';
import type { FiledTicket } from '../../domain/ticket.ts';
import type { Route } from '../../http/route.ts';
import type { Bell } from '../bell.ts';
import { createClaims, type ClaimNeeds } from './claims.ts';
import { connectRoutes, type ConnectNeeds } from './connect.ts';
import { createEscalator, type Escalator } from './escalate.ts';
import { summaryOf } from './summary.ts';

/** What the escalations are joined from; `boards`: of each channel one at the most. */
export interface EscalationNeeds extends Omit<ClaimNeeds, 'store' | 'summaryOf'>, Pick<ConnectNeeds, 'door'> {
  readonly store: Pick<Store, 'tickets' | 'connectedAgents' | 'audit' | 'escalations'>;
  readonly boards: readonly Board[];
  readonly bell: Bell;
  readonly causeName: (slug: string) => string;
}

/** Tickets on the boards of Teams and Slack, and what is pressed there. */
export interface EscalationsOfConsole extends Escalator {
  readonly claim: TakeClaim;
  readonly routes: readonly Route[];
}

/** Joins them: boards are brought up to date whenever a ticket changes, each on its own. */
export function createEscalations(needs: EscalationNeeds): EscalationsOfConsole {
  const own = { ...needs, summaryOf: (filed: FiledTicket) => summaryOf(filed, needs) };
  const escalators = needs.boards.map((board) =>
    createEscalator(board, { ...own, escalations: needs.store.escalations }),
  );
  const claims = createClaims(own);
  const run = async () => {
    await Promise.all(escalators.map((one) => one.run()));
  };
  needs.bell.listen(() => void run());
  return {
    run,
    async stop() {
      await claims.idle();
      await Promise.all(escalators.map((one) => one.stop()));
    },
    claim: claims.take,
    routes: connectRoutes({ ...needs, claims }),
  };
}
