import type { Me, TicketDetail } from '../../tickets/console-json.ts';

/** What the one who is signed in may do with a ticket as it stands. */
export interface TicketPermissions {
  readonly claim: boolean;
  readonly takeOver: boolean;
  readonly release: boolean;
  readonly reply: boolean;
  readonly note: boolean;
  readonly handBack: boolean;
  readonly close: boolean;
  readonly reopen: boolean;
  readonly requeue: boolean;
}

/** Whether someone may act on tickets. */
export const isAgent = ({ agent }: Me): boolean => agent.roles.includes('agent');
/** Whether someone runs the product. */
export const isOperator = ({ agent }: Me): boolean => agent.roles.includes('operator');

/** Reads what may be done off a ticket; the server decides anew. */
export function permissionsOf({ row, answering }: TicketDetail, me: Me): TicketPermissions {
  const agent = isAgent(me);
  // One that is at a desk may be claimed, too: it is then answered here.
  const free = agent && (row.state === 'waiting' || row.state === 'sent');
  const claimed = agent && row.state === 'claimed';
  const mine = claimed && row.holder?.id === me.agent.id;
  return {
    claim: free,
    takeOver: claimed && !mine,
    release: mine,
    reply: mine,
    note: agent,
    handBack: mine && answering?.ticket === row.number,
    close: free || mine,
    reopen: agent && row.state === 'closed',
    requeue: isOperator(me) && row.delivery.dead !== null,
  };
}
