import type { feedbackReasons } from '../domain/outcome.ts';
import type { Action, TellableFinding } from '../domain/reply.ts';

/** The words of `content/` that channels say beside replies. */
export interface ChannelWords {
  readonly line: (key: ChannelLine, facts?: Readonly<Record<string, string | number>>) => string;
  /** The button for a reason why an answer did not help. */
  readonly action: (name: (typeof feedbackReasons)[number]) => Action;
}

type Status = 'proved' | 'possible' | 'ruled-out' | 'unknown';
type ChannelLine =
  | 'ask-why'
  | `source-${TellableFinding['source']}`
  | `channel-feedback-${'title' | 'words' | 'send' | 'later' | 'yes' | 'gone'}`
  | `channel-${'amounts' | 'found'}-${Status}`
  | `channel-${'checked' | 'not-checked' | 'ticket' | 'person' | 'chose' | 'question-closed' | 'no-button'}`
  | `channel-${'working' | 'complaint' | 'checks' | 'checks-failed'}`
  | `channel-${'external-user' | 'sign-in' | 'sign-in-failed' | 'sources' | 'claim' | 'open' | 'since' | 'next'}`;
