import assert from 'node:assert/strict';
import { createDelivery } from '../../src/desks/deliver.ts';
import type { Desk, Outbox } from '../../src/domain/ports.ts';
import type { DeadLetter, Delivery } from '../../src/domain/ticket.ts';
import { countingRandom, fakeClock, keptLog } from '../support/fakes.ts';
import { filed, later, ticketNumbered } from './tickets.ts';

/** What was written after the ticket LK-1, which was opened for a desk, is brought to another or the same one, `desk`. */
async function bringLater(openedFor: string, attempts: number) {
  const [clock, log] = [fakeClock(), keptLog()];
  const at = filed(ticketNumbered('LK-1'), openedFor, { id: '300', url: null });
  const due: Delivery[] = [{ id: 'LK-1/17', attempts, message: later(17), filed: at }];
  const dead: DeadLetter[] = [];
  const outbox: Outbox = {
    claimDue: () => Promise.resolve(due.splice(0)),
    deadLetter: (_id, _attempts, letter) => Promise.resolve(void dead.push(letter)),
    delivered: () => Promise.resolve(),
    retryAt: () => assert.fail(),
    requeue: () => assert.fail(),
  };
  const added: unknown[] = [];
  const desk: Desk = {
    name: 'desk',
    take: () => assert.fail('a ticket'),
    add: (...given) => Promise.resolve(void added.push(given)),
  };
  const delivered = await createDelivery({ outbox, desk, clock, random: countingRandom(), log })();
  return { at, added, delivered, reasons: dead.map(({ reason }) => reason), alarms: log.lines.length };
}

describe('a delivery of what was written after a ticket', () => {
  for (const attempts of [1, 2])
    it(`is added to the ticket, and says whether it came before: attempt ${attempts}`, async () => {
      const { at, added, delivered, alarms } = await bringLater('desk', attempts);
      assert.deepEqual([added, delivered, alarms], [[[at, later(17), { again: attempts > 1 }]], 1, 0]);
    });

  it('goes to no other desk than the ticket was opened for: there its id may be that of a stranger’s', async () => {
    const { added, delivered, reasons, alarms } = await bringLater('zendesk', 1);
    const reason = 'The ticket was opened for the desk “zendesk”; tickets go to “desk” now.';
    assert.deepEqual([added, delivered, reasons, alarms], [[], 0, [reason], 1]);
  });
});
