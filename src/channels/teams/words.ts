import type { TellableFinding } from '../../domain/reply.ts';

/** What cards say besides the reply, as the widget says it. */
export const words = {
  found: {
    proved: 'Found',
    possible: 'Blocks some features',
    'ruled-out': 'Ruled out',
    unknown: 'Could not check',
    'needs-feature': '',
  } satisfies Record<TellableFinding['status'], string>,
  amounts: {
    proved: 'Cause found',
    possible: 'It depends on the feature',
    'ruled-out': 'No cause found in your account',
    unknown: 'Not everything could be checked',
  },
  checked: (count: number) => `What I checked (${count})`,
  article: 'Read the article',
  ticket: 'Ticket',
  person: 'a person',
  chose: (label: string) => `You chose “${label}”.`,
  gone: 'This question is closed.',
  externalUser: 'I can only talk with people who are signed in to their organisation.',
} as const;
