import { conversationIdOf } from '../../../src/channels/inbound.ts';
import { thumbOf } from '../direct-line/thumbs.ts';
import { feedbackContract, type Judged } from '../feedback-contract.ts';
import { startSite } from './site.ts';

/** Official Web Chat, whose thumbs Azure Direct Line passes on under ids of its own. */
feedbackContract('Azure Direct Line', async () => {
  const site = await startSite();
  let ids = 0;

  async function open() {
    const { body } = await site.generate();
    const room = String(body.conversationId);
    const post = async (activity: object) =>
      (await site.azure.post(site.azure.activityOf(room, { ...activity }))) === 200;
    const newId = () => `${room}|9${String((ids += 1)).padStart(6, '0')}`;
    return {
      id: conversationIdOf('azure', room),
      write: (text: string) => post({ id: newId(), text }),
      press(answered: boolean, reason: string | null = null, answer?: Judged) {
        const id = newId();
        return () => post({ text: undefined, ...thumbOf(answered, reason, answer), id });
      },
    };
  }
  return { world: site.world, open, quiet: site.quiet, close: () => site.close() };
});
