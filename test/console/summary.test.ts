import assert from 'node:assert/strict';
import { summaryOf } from '../../src/console/ticket-feeds/summary.ts';
import { contact, filed, ticketNumbered, ticketOfSomeone } from '../desks/tickets.ts';

const by = { id: 'ada', name: 'Ada' };
const needs = { url: 'https://help.test', causeName: (slug: string) => `<${slug}>` };

describe('what a board says of a ticket', () => {
  const stands = (work: object) => {
    const one = filed(ticketNumbered('LK-1'), 'zendesk', null);
    return summaryOf({ ...one, work: { ...one.work, ...work } }, needs).standing;
  };
  for (const [work, standing] of [
    [{ state: 'waiting' }, 'Waiting'],
    [{ state: 'waiting', solved: false }, 'Opened again: the customer says it is not solved'],
    [{ state: 'sent' }, 'At the desk (zendesk)'],
    [{ state: 'claimed', holder: by }, 'Claimed by Ada'],
    [{ state: 'closed', holder: by }, 'Closed by Ada'],
    [{ state: 'closed', holder: null, solved: true }, 'Taken back by the customer'],
    [{ state: 'closed', holder: by, trueCause: 'none' }, 'Closed by Ada: none of the known causes'],
    [
      { state: 'closed', holder: by, trueCause: 'no-seat', solved: true },
      'Closed by Ada: <no-seat>. The customer says that it is solved',
    ],
  ] as const)
    it(`stands: ${standing}`, () => assert.equal(stands(work), standing));

  it('names whose account it is, marks who was not proved, and tells where they write', () => {
    const context = (one: ReturnType<typeof ticketNumbered>) => summaryOf(filed(one, 'built-in', null), needs).context;
    assert.equal(context(ticketOfSomeone('LK-1')), 'Acme · Member · in the web chat · LK-1');
    assert.equal(context(ticketNumbered('LK-1')), 'UNVERIFIED: nobody proved who this is · in the web chat · LK-1');
  });

  it('tells what to do next, and what to mind before that', () => {
    const nextStep = { proposal: 'Raise the limit.', who: 'us', caution: 'They say otherwise.' };
    const { next } = summaryOf(filed(ticketNumbered('LK-1', 'talk', { nextStep }), 'built-in', null), needs);
    assert.equal(next, 'They say otherwise. Raise the limit.');
  });

  it('says nothing of how to reach who was not proved: whoever is in the channel reads it', () => {
    const problem = { ...ticketNumbered('LK-1').problem, words: 'I see nothing' };
    const ticket = ticketNumbered('LK-1', 'talk', { problem });
    assert.ok(!JSON.stringify(summaryOf(filed(ticket, 'built-in', null), needs)).includes(contact));
  });

  it('opens where the ticket is worked on', () => {
    const urlOf = (ref: { id: string; url: string | null } | null) =>
      summaryOf(filed(ticketNumbered('LK-1'), 'zendesk', ref), needs).url;
    assert.equal(urlOf(null), 'https://help.test/console/tickets/LK-1');
    assert.equal(urlOf({ id: '7', url: 'https://desk.test/7' }), 'https://desk.test/7');
  });

  it('is short, whatever the customer wrote', () => {
    const ticket = ticketNumbered('LK-1');
    const words = `${'x'.repeat(298)}😀${'y'.repeat(5_000)}`;
    const { words: shown } = summaryOf(filed({ ...ticket, problem: { ...ticket.problem, words } }, 'x', null), needs);
    assert.equal(shown, `${'x'.repeat(298)}…`);
  });
});
