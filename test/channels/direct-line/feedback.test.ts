import { call, newChat, bearer } from '../../support/direct-line.ts';
import { createWorld } from '../../support/world.ts';
import { feedbackContract, type Judged, type RatingTalk } from '../feedback-contract.ts';
import { quiet, serve } from '../served.ts';
import { noSettings } from '../../support/settings.ts';
import { thumbOf } from './thumbs.ts';

/** Official Web Chat, as it posts a thumb and what is said with it. */
feedbackContract('Direct Line', async () => {
  const world = await createWorld('nobody');
  const { product, log } = world;
  const server = await serve(product, { config: noSettings, log });
  let presses = 0;

  async function open(): Promise<RatingTalk> {
    const chat = await newChat(server.url);
    let { token } = chat;
    async function post(activity: object): Promise<boolean> {
      const at = `${server.url}/v3/directline/conversations/${chat.id}/activities`;
      const { status } = await call(at, 'POST', activity, bearer(token));
      if (status !== 403) return status === 200;
      const fresh = await call(`${server.url}/v3/directline/tokens/refresh`, 'POST', undefined, bearer(token));
      token = String(fresh.body.token);
      return post(activity);
    }
    return {
      id: chat.id,
      write: (text) => post({ type: 'message', text }),
      press(answered: boolean, reason: string | null = null, answer?: Judged) {
        const channelData = { clientActivityID: `press ${(presses += 1)}` };
        return () => post({ ...thumbOf(answered, reason, answer), channelData });
      },
    };
  }
  return {
    ...{ world, open, quiet: () => quiet(product) },
    async close() {
      await server.stop();
      await world.close();
    },
  };
});
