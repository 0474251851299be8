import { edit, write } from './broken-content.ts';
import type { Mistake } from './mistakes.ts';

const limit = 'causes/monthly-limit.md';

/** What can be wrong with the page of a cause. */
export const causePages: readonly Mistake[] = [
  [
    'names a step that its article does not have',
    edit(limit, '[check-usage-limits]', '[no-such-step]'),
    'steps:',
    'the article "access-denied" has no step "no-such-step"',
  ],
  [
    'names no article of ours',
    edit(limit, 'article: access-denied', 'article: nowhere'),
    'article:',
    'there is no article "nowhere"',
  ],
  ['lacks a variant', edit(limit, / {2}reset-unread: .*\n/, ''), 'proved:', 'write a sentence for "reset-unread"'],
  [
    'lacks a variant of what blocks some features',
    edit(limit, / {2}several: .*\n/, ''),
    'possible:',
    'write a sentence for "several"',
  ],
  [
    'has a sentence for some features where none can be',
    edit('causes/no-seat.md', 'ruled-out:', 'possible: "Some."\nruled-out:'),
    'possible:',
    'the cause has no "always"; it has none',
  ],
  [
    'asks for the one feature in a sentence about some',
    edit(limit, 'are reached. That blocks {{blocked}}', 'are reached. That blocks {{feature}}'),
    'possible:',
    '"several" has no fact {{feature}}',
  ],
  [
    'tells agents of a variant that its cause does not have',
    edit('causes/no-seat.md', '    pending: "The', '    sold: "The'),
    'for-agents:',
    'the cause has no "sold"; it has unassigned, pool-full, pending',
  ],
  [
    'tells agents a fact that its variant does not tell',
    edit('causes/no-seat.md', '    pending: "The customer’s seat', '    pending: "{{seat}}'),
    'for-agents:',
    '"pending" has no fact {{seat}}',
  ],
  [
    'has a variant too many',
    edit(limit, 'proved:\n', 'proved:\n  sometimes: "So."\n'),
    'proved:',
    'the cause has no "sometimes"; it has always, reset-unread, not-included, several-meters, several-unread, several-not-included',
  ],
  [
    'asks for a fact that its variant does not tell',
    edit(limit, 'counts for {{feature}}', 'counts for {{used}}'),
    'ruled-out:',
    '"unmetered" has no fact {{used}}',
  ],
  [
    'asks for an unknown fact in what it tells',
    edit(limit, '**Your {{window}}', '{{usage}} **Your {{window}}'),
    '{{usage}}',
    'there is no fact {{usage}} here; there are feature, company, proof, window',
  ],
  [
    'asks for a fact that not every variant tells',
    edit(limit, '**Your {{window}}', '{{resetsAt}} **Your {{window}}'),
    '**Your {{window}}',
    'there is no fact {{resetsAt}} here; there are feature, company, proof, window',
  ],
  [
    'asks for an unknown fact in the message to send on',
    edit(limit, 'in {{company}}', 'in {{shop}}'),
    'send-on:',
    '"always" has no fact {{shop}}',
  ],
  [
    'has no message for whoever can fix it',
    edit(limit, /send-on:\n(?: {2}.*\n)+/, ''),
    'fixes:',
    'add "send-on": a message for whoever can fix it',
  ],
  [
    'does not call what it looks at by a word',
    edit(limit, /label: .*\n/, ''),
    'checks:',
    'add "label": what is looked at, in a word',
  ],
  [
    'tells agents what to do about a proof that it has not',
    edit(limit, 'agent-next:', 'agent-next:\n  full-moon: "Wait."'),
    'agent-next:',
    'the cause has no "full-moon"',
  ],
  [
    'tells the customer nothing',
    edit(limit, /\*\*Your \{\{window[^]*/, ''),
    48,
    'tell the customer the cause below the front matter',
  ],
  [
    'names nobody we know as the one who fixes',
    edit(limit, 'billing-owner', 'the-boss'),
    'fixes:',
    /^fixes: should be one of you, workspace-admin, .*, us, or one of them for each variant$/,
  ],
  ['lacks a sentence', edit(limit, /unknown: .*\n/, ''), 2, /^unknown: Invalid input/],
  ['has a member that nothing reads', edit(limit, 'name:', 'colour: red\nname:'), 2, /Unrecognized key: "colour"/],
  ['has no front matter', edit(limit, '---\n', ''), 1, 'begin the file with front matter between two lines of "---"'],
  [
    'does not close its front matter',
    edit(limit, '---\n**', '**'),
    1,
    'begin the file with front matter between two lines of "---"',
  ],
  ['is not YAML above', edit(limit, 'name: Monthly', 'name: "Monthly'), 2, /./],
  [
    'is no cause of ours',
    write(
      'causes/full-moon.md',
      '---\nname: Full moon\nfixes: us\narticle: access-denied\nsteps: []\nproved: "So."\nruled-out: "No."\nunknown: "?"\nagent-next: "Wait."\n---\nMoon.\n',
    ),
    1,
    'there is no cause "full-moon" in src/diagnosis/causes',
  ],
  ['is missing', write(limit, null), 1, 'write the page of the cause "monthly-limit"'],
];
