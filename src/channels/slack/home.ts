import { codeOf } from '../../domain/errors.ts';
import type { Clock, Log, TellHome } from '../../domain/ports.ts';
import { createExpiringCache } from '../../http/expiring-cache.ts';
import type { ChannelWords } from '../channel-words.ts';
import { conversationIdOf } from '../inbound.ts';
import type { SlackApi } from './api.ts';
import { placed, type SlackPlace } from './events.ts';
import { render } from './render.ts';

/** What the app's own page needs. */
export interface HomeNeeds {
  readonly api: SlackApi;
  readonly tellHome: TellHome;
  /** What they may begin with. */
  readonly prompts: () => readonly string[];
  readonly words: () => ChannelWords;
  readonly clock: Clock;
  readonly log: Log;
}

/** Milliseconds for which a page that was shown is new enough. */
const newFor = 10_000;
const mostPeople = 5_000;
/** Slack's limit for a page. */
const mostBlocks = 100;

/** Shows somebody the app's page: what their account says, and buttons to begin with. Only they see it. Never throws. */
export type ShowHome = (at: SlackPlace) => Promise<void>;

/** Whoever opens it again and again sees what was read a moment ago. */
export function createShowHome({ api, tellHome, prompts, words, clock, log }: HomeNeeds): ShowHome {
  const shown = createExpiringCache<{ readonly at: SlackPlace }>({ max: mostPeople, ttlMs: newFor, clock });
  return async (at) => {
    const { place, user } = placed(at);
    if (shown.has(user)) return;
    shown.set(user, { at });
    try {
      const text = await tellHome({ conversationId: conversationIdOf('slack', place), author: user });
      const actions = prompts().map((label) => ({ label, means: '' }));
      const blocks = render({ kind: 'text', text, actions }, 0, words()).flatMap((message) => message.blocks);
      const { team, channel } = at;
      const private_metadata = JSON.stringify({ team, user: at.user, channel });
      const view = { type: 'home', private_metadata, blocks: blocks.slice(-mostBlocks) } as const;
      await api((client) => client.views.publish({ user_id: at.user, view }));
    } catch (error) {
      shown.delete(user);
      log.info({ code: codeOf(error), err: error }, 'Slack shows no page of the app');
    }
  };
}
