import type { Ticket } from '../../src/domain/ticket.ts';
import { createWorld } from '../support/world.ts';

const person = 'Talk to a person';
const stack = [
  'I get this when I export:',
  'Traceback (most recent call last):',
  '  File "/srv/app/export.py", line 214, in run',
  '    response = client.post("/v1/export", json=payload, headers={"x-team": team, "x-trace": "9f2c"})',
  'meridian.errors.PermissionDenied: 403 Client Error: Forbidden for url: /v1/export (request id req_9Kd02x)',
].join('\n');

/** A talk that ends with a ticket: who writes, what, and (behind `world:` or `agent:`) what happens meanwhile. */
interface Situation {
  readonly customer: string;
  readonly says: readonly string[];
}

const situation = (customer: string, ...says: string[]): Situation => ({ customer, says });

/** Every cause and variant that the sample customers show, and what makes a ticket hard to read. */
export const situations = {
  'monthly limit, told twice, the steps did not help': situation(
    'over-limit',
    ...['I get access denied when I try to export', 'Check again', 'thanks', 'No', 'The steps didn’t help'],
  ),
  'plan lacks the feature': situation('wrong-plan', 'why is the API locked', person),
  'still propagating': situation('just-upgraded', 'we upgraded and the API is still locked', person),
  'session expired': situation('expired-session', 'says I’m not allowed on the reports page', person),
  'not in the account': situation('not-in-account', 'It says I don’t have access to this workspace', person),
  'other sign-in': situation('other-sign-in', 'reports won’t open, it says access denied', person),
  'account suspended': situation('suspended', 'I’m locked out of my dashboards', person),
  'role lacks permission': situation('viewer', 'export says I don’t have access', person),
  'no seat': situation('no-seat', 'my teammate can use Reports, I can’t', person),
  'no free seat': situation('seats-full', 'my dashboards are locked', person),
  'rate limited': situation('too-fast', 'I get a 403 from the API', person),
  'credit exhausted': situation('out-of-credit', 'The AI assistant refuses everything, access denied', person),
  'several causes': situation('twice-blocked', 'I can’t use the AI assistant, access denied', person),
  'payment lapsed': situation('payment-lapsed', 'I paid and still can’t get into the assistant', person),
  'past due beside nothing': situation('past-due', 'dashboards: access denied', person),
  'trial ended': situation('trial-ended', 'since my trial I can’t use the assistant', person),
  incident: situation('during-an-incident', 'world: automations down', 'automations say access denied', person),
  'nothing blocks': situation('all-good', '403 on the reports page, request id req_8Kd02', 'Check again', person),
  'could not check': situation('all-good', 'world: api down', 'I get access denied on reports', person),
  'asked at once': situation('over-limit', 'I want to talk to a human being'),
  'asked at once, unverified': situation(
    'nobody',
    'I want to talk to a human being',
    'I can’t export',
    'zoe@example.com',
  ),
  unverified: situation('nobody', 'access denied', person, 'ada@example.com', 'Export', 'No changes', 'Not sure'),
  German: situation(
    'over-limit',
    'Ich komme nicht mehr in den Export, was soll ich tun?',
    'Mit einem Menschen sprechen',
  ),
  'stack trace': situation('all-good', stack, person),
  'customer disagrees': situation(
    'over-limit',
    ...['I get access denied when I try to export', 'that is wrong, my usage page says 25 %', person],
  ),
  'the cause is wrong': situation(
    'payment-lapsed',
    ...['I can’t get into the assistant, access denied', 'thanks', 'No', 'The cause is wrong'],
  ),
  'a refund': situation('all-good', 'I want my money back for last month', 'Yes'),
  'for a colleague': situation('over-limit', 'My colleague Tom gets access denied on reports', person),
  'a long talk': situation(
    'wrong-plan',
    ...['why is the API locked', 'Check again', 'Check again', 'who is our admin?', 'I did that already'],
    ...['what plan am I on?', 'it still says denied', 'Check again', 'this does not help at all', person],
    ...['and it worked last week', 'we need it today'],
  ),
  reopened: situation(
    'over-limit',
    ...['I get access denied when I try to export', person, 'agent: claims', 'agent: closes as monthly-limit'],
    'No, not yet',
  ),
} as const satisfies Readonly<Record<string, Situation>>;

/** The newest ticket of a situation, with everything that was added to it. */
export async function ticketIn({ customer, says }: Situation): Promise<Ticket> {
  const world = await createWorld(customer);
  try {
    await world.begin();
    for (const words of says) {
      const [, actor, does = ''] = /^(world|agent): (.+)$/.exec(words) ?? [];
      if (actor === 'world') await world.change(does);
      else if (actor === 'agent') await world.agent(does);
      else await world.write(words);
    }
    const [filed] = await world.store.tickets.newest(1);
    if (!filed) throw new Error('there is no ticket');
    return filed.ticket;
  } finally {
    await world.close();
  }
}
