import { causes } from '../src/diagnosis/causes/index.ts';

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
  other: ['background', 'bug-report', 'near-miss'],
};
