import type { StoredReply } from '../../src/domain/activity.ts';
import type { Reply } from '../../src/domain/reply.ts';
import { fakeClock } from '../support/fakes.ts';

const button = (label: string, means: string) => ({ label, means });
const read = { source: 'account-api', readAt: '2026-11-22T10:12:00.000Z' } as const;

/** One reply of each kind, with the Markdown and the buttons that it has in talks. */
export const replies = {
  text: { kind: 'text', text: 'Hi Ada, I’m an **automated assistant**. <b>5 > 3 & 2</b>', actions: [] },
  verdict: {
    kind: 'verdict',
    text: '**You’ve reached your monthly limit.** 500,000 of 500,000 tokens are used.\n\n*Read from your account on 22 November at 10:12 UTC.*\n\n**Who can fix it:** your billing owner. Here is a message for them:\n\n> Could you upgrade the plan under Settings, Billing?',
    findings: [
      { cause: 'monthly-limit', status: 'proved', fact: '500,000 of 500,000 tokens are used.', ...read },
      { cause: 'no-seat', status: 'ruled-out', fact: 'You have a seat.', ...read },
      { cause: 'rate-limited', status: 'unknown', fact: 'The rate could not be read.', ...read },
    ],
    actions: [],
  },
  steps: {
    kind: 'steps',
    text: 'From [Troubleshooting the “Access Denied” Error](https://help.test/articles/access-denied):\n\n1. **Check Your Usage Limits**\n   - Review your current plan’s monthly allowance.\n   - If you’ve reached your limit, consider upgrading your plan.',
    article: {
      slug: 'access-denied',
      title: 'Troubleshooting the “Access Denied” Error',
      url: 'https://help.test/articles/access-denied',
    },
    actions: [button('Check again', 'done'), button('It worked', 'worked'), button('Talk to a person', 'hand-off')],
  },
  choice: {
    kind: 'choice',
    text: 'Nothing blocks your whole account. What were you trying to use?',
    actions: ['Export', 'API access', 'Reports', 'Dashboards', 'AI assistant', 'Automations', 'Audit log'].map(
      (label) => button(label, `feature:${label.toLowerCase()}`),
    ),
  },
  feedback: {
    kind: 'feedback',
    text: 'Did this answer your question?',
    actions: [button('Yes', 'yes'), button('No', 'no')],
  },
  ticket: { kind: 'ticket', text: 'Your ticket number is **LK-7Q4M2KXP**.', ticket: 'LK-7Q4M2KXP', actions: [] },
  person: { kind: 'person', name: 'Ana Lopez', text: 'Hello,  \nI raised your limit.', actions: [] },
  'person-joined': { kind: 'person-joined', name: 'Ana Lopez', text: '**Ana Lopez** is here now.', actions: [] },
  'person-left': {
    kind: 'person-left',
    name: 'Ana Lopez',
    text: '**Ana Lopez** has closed your ticket. Is your problem solved?',
    actions: [button('Yes, it’s solved', 'solved'), button('No, not yet', 'not-solved')],
  },
  long: { kind: 'text', text: 'A long answer with words. '.repeat(700).trim(), actions: [button('Yes', 'yes')] },
} satisfies Readonly<Record<string, Reply>>;

/** One of them as it is stored. */
export function storedReply(name: keyof typeof replies, seq = 1): StoredReply {
  return storedAs(replies[name], seq);
}

/** A reply as it is stored. */
export function storedAs(reply: Reply, seq = 1): StoredReply {
  return { type: 'reply', reply, seq, at: fakeClock().now(), author: null };
}
