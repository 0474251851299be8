import type { ToldOutcome } from './host-messages.ts';
import type { Words } from '../shared/words/table.ts';
import type { Memory } from './memory.ts';

/** What the client needs from the page it runs in. */
export interface ClientNeeds {
  readonly memory: Memory;
  readonly fetch: typeof fetch;
  readonly socket: (url: string) => WebSocket;
  /** Resolves after so many milliseconds, or at once when the network is back. */
  readonly wait: (ms: number) => Promise<void>;
  readonly random: () => number;
  readonly newId: () => string;
  readonly words: Pick<Words, 'ended' | 'begun' | 'cannotStart'>;
  readonly locale: string;
  /** IANA time zone. */
  readonly zone: string;
  /** Something to show has changed. */
  readonly changed: () => void;
  /** Tells the host page what a complaint came to. */
  readonly tellOutcome: (told: ToldOutcome) => void;
  /** Asks the host page for an identity; the answer comes through `identify`. */
  readonly wantIdentity: () => void;
}
