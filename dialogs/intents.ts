import { causes } from '../src/diagnosis/causes/index.ts';

/** What customers ask for that is no denial, and not ours to answer: each is named, and one tap from a ticket. */
export const topics = [
  'cancel-plan',
  'refund',
  'double-charge',
  'invoice',
  'delete-account',
  'lost-data',
  'bug',
  'slow',
  'wish',
  'security',
  'pricing',
] as const;

/** What a ticket may be about besides, as a dialog finds out. */
export const ownTopics = ['sign-in', 'ownership', 'other-person'] as const;

/**
 * Every intent that the dialogs understand, with its kinds: those that start the dialog of the same name, those that
 * interrupt from anywhere, those that answer a dialog, and `other`, which means none of them.
 */
export const intents: Readonly<Record<string, readonly string[]>> = {
  'access-denied': [...causes.map((cause) => cause.slug), 'unclear'],
  'ask-article': [],
  'check-account': ['plan', 'usage'],
  'hand-off': [],
  cancel: [],
  help: [],
  restart: [],
  greeting: [],
  thanks: [],
  repeat: [],
  yes: [],
  no: [],
  done: [],
  'didnt-work': [],
  worked: [],
  objection: [],
  dissatisfied: [],
  identity: [],
  'ticket-status': [],
  'account-question': ['who-is-admin', 'i-am-admin', 'owner-left', 'change-it-for-me'],
  'sign-in-trouble': ['forgot-password', 'code-missing', 'sign-in-loop', 'too-many-attempts'],
  'other-topic': [...topics],
  other: ['background', 'bug-report', 'near-miss'],
};
