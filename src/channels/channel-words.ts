import type { Action } from '../domain/reply.ts';
import type { feedbackReasons } from '../domain/outcome.ts';

/** The words of `content/` that channels say beside replies. */
export interface ChannelWords {
  line(key: ChannelLine): string;
  /** A button of the bot's, by what it means. */
  action(name: FeedbackReason): Action;
}

type FeedbackReason = (typeof feedbackReasons)[number];
type ChannelLine = 'ask-why' | `channel-feedback-${'words' | 'send' | 'yes' | 'gone'}`;
