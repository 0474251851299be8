import type { Script, Step } from './measure.ts';

const complaint = { kind: 'complaint', words: 'I get access denied when I try to export', has: 'suggestedActions' };
const recheck = { kind: 're-check', words: 'done', has: 'suggestedActions' };
const howTo = (words: string, slug: string): Step => ({ kind: 'how-to', words, has: `/articles/${slug}` });
const handOff = { kind: 'hand-off', words: 'Talk to a person', has: 'ticket number is' };

/** One customer's whole talk, eight turns; with a number of talks that both 1 and 32 customers at once divide. */
export const mixed: Script = {
  name: 'mixed talks',
  steps: [
    { kind: 'greeting', words: 'hello', has: 'What can' },
    complaint,
    recheck,
    howTo('how do I get an API key?', 'get-an-api-key'),
    { ...complaint, words: 'I can’t open the reports either, access denied' },
    recheck,
    howTo('how do I invite a teammate?', 'invite-a-teammate'),
    handOff,
  ],
  talks: () => 32,
  repeats: () => 1,
  goesOn: false,
};

/** The same, and then from the beginning, as often as one likes. */
export const endless: readonly Step[] = [...mixed.steps, { kind: 'restart', words: 'start over', has: 'What can' }];

/** What was measured before there were mixed talks: a complaint, another look, a new start, over and over. */
export const single: Script = {
  name: 'one talk over and over',
  steps: [complaint, recheck, { kind: 'restart', words: 'start over', has: 'What can' }],
  talks: (lanes) => lanes,
  repeats: (lanes) => 96 / lanes,
  goesOn: true,
};

/** New conversations that each say these few things; nobody else writes. */
export const short = (name: string, ...steps: Step[]): Script => ({
  name,
  steps,
  talks: () => 24,
  repeats: () => 1,
  goesOn: false,
});
export const steps = { complaint, recheck, howTo, handOff };
