import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createWorld } from '../support/world.ts';
import { say, waiting } from './state.ts';

const folder = join(import.meta.dirname, '../../dialogs');

/** How a customer gets to each step that waits for words; `agent:` does something with the ticket. */
const complaint = 'I get access denied when I try to export';
const ways: Readonly<Record<string, readonly [customer: string, ...words: string[]]>> = {
  nothing: ['over-limit'],
  'access-denied/takeConfirmation': ['wrong-plan', 'is the export something with permissions'],
  'access-denied/takeFeature': ['wrong-plan', 'access denied'],
  'access-denied/react': ['over-limit', complaint],
  'access-denied/takeDifference': ['over-limit', complaint, 'that is not it, my usage page says 25 %'],
  'ask-article/takeWhether': ['over-limit', 'how to set up webhooks'],
  'rate-answer/takeRating': ['nobody', 'how do I get an API key?'],
  'rate-answer/takeReason': ['nobody', 'how do I get an API key?', 'No'],
  'sign-in-trouble/react': ['nobody', 'the code for the login never arrives'],
  'ask-solved/takeAnswer': [
    'over-limit',
    complaint,
    'talk to a human',
    'agent: claims',
    'agent: closes as monthly-limit',
  ],
  'withdraw-ticket/takeAnswer': ['over-limit', complaint, 'talk to a human', 'never mind'],
  'hand-off/takeAnswer': ['nobody', 'access denied', 'talk to a human'],
};
/** Turns until the ticket is there: a person who was asked for is not asked for in vain. */
const mostTurns = 5;

describe('a person can be asked for', () => {
  for (const [place, [customer, ...words]] of Object.entries(ways))
    for (const request of ['talk to a human', 'Talk to a person', 'I want to speak to an agent'])
      it(`where the conversation waits at ${place}: ${request}`, async () => {
        const world = await createWorld(customer);
        try {
          await world.begin();
          for (const text of words)
            if (text.startsWith('agent: ')) await world.agent(text.slice(7));
            else await say(world, text);
          assert.equal(await waiting(world), place);
          const texts: string[] = [];
          for (let turn = 0; turn < mostTurns && !texts.at(-2)?.includes('LK-'); turn += 1)
            texts.push(...(await say(world, request)));
          const [filed] = await world.store.tickets.newest(1);
          assert.ok(filed, texts.join('\n'));
          assert.ok(texts.some((text) => text.includes(filed.ticket.number)));
        } finally {
          await world.close();
        }
      });

  it('in every step that waits: the table has them all', () => {
    const places = readdirSync(folder)
      .filter((file) => file.endsWith('.ts') && file !== 'steps-dialog.ts')
      .flatMap((file) =>
        [...readFileSync(join(folder, file), 'utf8').matchAll(/waitFor: '(\w+)'/g)].map(
          ([, step]) => `${file.replace('.ts', '')}/${step ?? ''}`,
        ),
      );
    assert.deepEqual(Object.keys(ways).sort(), [...new Set([...places, 'nothing'])].sort());
  });
});
