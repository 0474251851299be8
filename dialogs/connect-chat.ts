import { readable } from '../src/domain/readable.ts';
import type { Services } from './services.ts';
import { chatName } from './places.ts';
import { StepsDialog } from './steps-dialog.ts';

const codeLength = 10;
const codeLifetimeMs = 600_000;

/** Gives a signed-in customer a code that links them, in Slack or Teams, to their account. */
export function connectChat(needs: Pick<Services, 'clock' | 'random'>) {
  return new StepsDialog<Record<string, never>>('connect-chat', () => ({}), {
    tell(talk) {
      const { subject, channel } = talk;
      if (channel !== 'direct-line' && !subject) talk.say('link-how', { chat: chatName(talk) });
      else if (channel !== 'direct-line')
        talk.say('linked-already', { name: subject?.name ?? subject?.accountId ?? '' });
      else if (!subject) talk.say('sign-in-first');
      else {
        const code = readable(needs.random.id(codeLength));
        talk.linkCode = { code, subject, until: needs.clock.now() + codeLifetimeMs };
        talk.say('link-code', { code });
      }
      return { end: undefined };
    },
  });
}
