import type { FeedbackControl } from './settings.ts';

/** With what replies are drawn for Teams. */
export interface Drawing {
  readonly feedback: FeedbackControl;
}
