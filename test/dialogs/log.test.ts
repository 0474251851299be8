import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { accountApiKey } from '../support/account-api.ts';
import { createWorld } from '../support/world.ts';
import { say } from './state.ts';

/** Words that stand nowhere but in what the customer says. */
const secret = 'zebra-crossing-4711';
const talk = [
  `I get access denied when I try to export ${secret}`,
  `Check again`,
  `${secret} what is that`,
  'thanks',
  'No',
  `because of ${secret}`,
  secret,
  'how do I get an API key?',
  'Start over',
  `403 on the reports page, ${secret}`,
  'talk to a human',
  secret,
  'Not sure',
  'Not sure',
];

describe('the log of a conversation', () => {
  const worlds: readonly (readonly [what: string, ...changes: string[]])[] = [
    ['in which all is well'],
    ['without the account API', 'api down'],
    ['with garbage from the account API', 'api garbage'],
    ['with a desk that is down', 'desk down'],
    ['whose feedback cannot be stored', 'feedback down'],
    ['in which everything fails', 'api down', 'desk down', 'feedback down'],
  ];
  for (const [what, ...changes] of worlds)
    it(`holds none of the customer’s words, no name and no key: one ${what}`, async () => {
      const world = await createWorld('over-limit');
      try {
        await world.begin();
        for (const change of changes) await world.change(change);
        for (const text of talk) await say(world, text);
        await world.deliver();
        const text = inspect(world.log.lines, { depth: null, maxStringLength: null, maxArrayLength: null });
        assert.equal(world.log.lines.length > 0, changes.length > 0, 'what fails is logged');
        for (const word of [secret, 'try to export', '403 on', accountApiKey, 'Bearer', 'Ada'])
          assert.ok(!text.includes(word), `"${word}" stands in ${text.slice(0, 2_000)}`);
      } finally {
        await world.close();
      }
    });
});
