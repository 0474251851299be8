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
    'ruled-out': 'Every check allows access',
    unknown: 'Not everything could be checked',
  },
  checked: (made: number, all: number) => (made > 0 ? `What I checked (${made})` : `What I could not check (${all})`),
  article: 'Read the article',
  ticket: 'Ticket',
  person: 'a person',
  chose: (label: string) => `You chose “${label}”.`,
  gone: 'This question is closed.',
  externalUser: 'I can only talk with people who are signed in to their organisation.',
  signIn: 'Sign in, so that I can look at your account.',
} as const;
