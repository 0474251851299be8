import assert from 'node:assert/strict';
import { createClaims } from '../../src/console/ticket-feeds/claims.ts';
import { roles, type Agent, type Role } from '../../src/domain/agent.ts';
import { SupportError, type ErrorCode } from '../../src/domain/errors.ts';
import type { ClaimRequest } from '../../src/domain/ticket-feed.ts';
import type { Work } from '../../src/domain/ticket.ts';
import { anySummary } from '../channels/summaries.ts';
import { filed, ticketNumbered } from '../desks/tickets.ts';
import { countingRandom, fakeClock, keptLog } from '../support/fakes.ts';

const ada: Agent = { id: 'ada', name: 'Ada', email: 'ada@acme.example', roles };
const press: ClaimRequest = { ticket: 'LK-1', channel: 'slack', channelUser: 'slack|T1|U1', name: 'ada' };

/** Claims of an agent on a ticket that stands so, where the claim itself ends with this code. */
function claimsWith(
  work: Partial<Work> | null,
  code: ErrorCode | null,
  agent: Agent | null = ada,
  held: readonly Role[] = roles,
) {
  const one = filed(ticketNumbered('LK-1'), 'built-in', null);
  const [clock, log] = [fakeClock(), keptLog()];
  const error = code === 'internal' ? new Error('disk full') : code && new SupportError(code);
  const claims = createClaims({
    ...{ clock, log, random: countingRandom(), url: 'https://help.test', summaryOf: () => anySummary },
    actions: { claim: () => (error ? Promise.reject(error) : Promise.resolve()) },
    store: {
      connectedAgents: { connect: () => Promise.resolve(), find: () => Promise.resolve(agent) },
      tickets: { find: () => Promise.resolve(work && { ...one, work: { ...one.work, ...work } }) },
    } as unknown as Parameters<typeof createClaims>[0]['store'],
    rolesNow: (): readonly Role[] => held,
  });
  return { claims, clock, log };
}

describe('whoever presses “Claim”', () => {
  for (const [what, work, code, told] of [
    ['has the ticket, and is told nothing', { state: 'claimed', holder: ada }, null, null],
    ['twice has the ticket all the same', { state: 'claimed', holder: ada }, 'ticket-changed', null],
    [
      'is told who was faster',
      { state: 'claimed', holder: { id: 'bo', name: 'Bo' } },
      'ticket-changed',
      'Bo was faster: the ticket is theirs.',
    ],
    [
      'is told that it is closed',
      { state: 'closed', holder: { id: 'bo', name: 'Bo' } },
      'ticket-changed',
      'This ticket is closed already.',
    ],
    ['is told that there is no such ticket', null, 'not-found', 'There is no such ticket any more.'],
    ['is told where to go when it failed', {}, 'internal', 'That did not work. Please open the ticket in the console.'],
  ] as const)
    it(what, async () => {
      const { claims, log } = claimsWith(work, code);
      const { tell } = await claims.handle(press);
      assert.equal(tell?.text ?? null, told);
      assert.equal(log.lines.length, code === 'internal' ? 1 : 0);
    });

  it('without the role is sent to the operator', async () => {
    const { claims } = claimsWith({}, null, ada, ['writer']);
    assert.match((await claims.handle(press)).tell?.text ?? '', /You may not claim tickets/);
  });

  it('as a stranger gets a link of their own, for ten minutes, and however many others there are', async () => {
    const { claims, clock } = claimsWith({}, null, null);
    const ask = async (n: number) => {
      const { tell } = await claims.handle({ ...press, channelUser: `slack|T1|U${n}` });
      return /who=(.+)$/.exec(tell?.link?.url ?? '')?.[1] ?? '';
    };
    const first = await ask(0);
    assert.equal(claims.unlinkedPersonOf(first)?.channelUser, 'slack|T1|U0');
    clock.forward(600_000);
    assert.equal(claims.unlinkedPersonOf(first), null);
    const keys: string[] = [];
    for (let n = 1; n <= 1_001; n += 1) keys.push(await ask(n));
    assert.equal(claims.unlinkedPersonOf(keys[0] ?? ''), null, 'the oldest made room');
    assert.equal(claims.unlinkedPersonOf(keys[1] ?? '')?.channelUser, 'slack|T1|U2');
    assert.equal(new Set(keys).size, 1_001);
  });

  it('is waited for by a stop', async () => {
    const { claims } = claimsWith({ state: 'claimed', holder: ada }, null);
    const order: string[] = [];
    const taking = claims.handle(press).then(() => order.push('claimed'));
    await claims.idle();
    order.push('idle');
    await taking;
    assert.deepEqual(order, ['claimed', 'idle']);
  });
});
