import { readable } from '../src/domain/readable.ts';
import type { Services } from './services.ts';
import { chatName } from './account-linking.ts';
import { StepsDialog } from './steps-dialog.ts';

const codeLength = 10;
const codeLifetimeMs = 600_000;

/** Gives a signed-in customer a code that links them, in Slack or Teams, to their account. */
export function linkAccount(needs: Pick<Services, 'clock' | 'random'>) {
  return new StepsDialog<object, 'tell'>('link-account', () => ({}), {
    tell(turn) {
      const { subject, channel } = turn;
      if (channel !== 'direct-line' && !subject) turn.say('link-how', { chat: chatName(turn) });
      else if (channel !== 'direct-line')
        turn.say('linked-already', { name: subject?.name ?? subject?.accountId ?? '' });
      else if (!subject) turn.sayWhoIsMissing();
      else {
        const code = readable(needs.random.id(codeLength));
        turn.linkCode = { code, subject, until: needs.clock.now() + codeLifetimeMs };
        turn.say('link-code', { code });
      }
      return { end: undefined };
    },
  });
}
