import type { ChannelWords } from '../channel-words.ts';
import type { FeedbackControl } from './settings.ts';

/** With what replies are drawn for Teams. */
export interface Drawing {
  readonly feedback: FeedbackControl;
  /** As they are now: writers may change them. */
  readonly words: () => ChannelWords;
}
