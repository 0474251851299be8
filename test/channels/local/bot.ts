import type { LocalSettings } from '../../../src/channels/local/settings.ts';
import type { Wire } from '../../../src/channels/wire.ts';
import { call } from '../../support/direct-line.ts';
import { startTestProduct, type Differences } from '../../support/product.ts';
import { noChannels } from '../../support/settings.ts';

/** Settings with no channel but the local bot. */
export const channelsWith = (local: LocalSettings | null) => ({ ...noChannels, local });

/** The real product with its local bot, over real HTTP. */
export async function startBot(customer = 'over-limit', differs: Differences = {}) {
  const product = await startTestProduct({ channels: channelsWith({ customer }), ...differs });
  return {
    ...product,
    /** As a tool posts it. */
    post: (activity: Wire, headers: Record<string, string> = {}) =>
      call(`${product.url}/api/messages`, 'POST', activity, headers),
  };
}

export type Bot = Awaited<ReturnType<typeof startBot>>;
