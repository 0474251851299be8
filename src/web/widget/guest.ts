import type { Denied } from './host-messages.ts';
import { denialOf, subjectOf } from './identity-claims.ts';
import type { Memory } from './memory.ts';
import type { Who } from './tokens.ts';

/** Whoever goes on in a conversation, which is known by its token. */
export const nobody: Who = { identity: null, unconfirmed: false, denied: undefined, anew: false };

/** What an identity means for the conversation that is open; `with-unsent`: what was not sent yet goes along. */
type Means = 'nothing' | 'same' | 'another' | 'another-with-unsent';

/** Who the customer is, as the host page told it, and for whom the next conversation is begun. */
export class Guest {
  readonly #memory: Memory;
  /** `?`: the page could not get an identity; null: it told of none. */
  #who: string | null;
  #next = nobody;
  /** The identity that was refused last. */
  #refused: string | null = null;
  /** The next conversation is another, though there is one to go on with. */
  anew = false;

  constructor(memory: Memory) {
    this.#memory = memory;
    this.#who = memory.read('who');
  }

  get isKnown(): boolean {
    return this.#who !== null && this.#who !== '?';
  }

  /** Whether an identity is to be asked for before a conversation can be begun. */
  get isAwaited(): boolean {
    return this.#who !== null && this.#next.identity === null && !this.#next.unconfirmed;
  }

  /** For whom a conversation is begun now: each identity works once. */
  take(): Who {
    const next = { ...this.#next, anew: this.anew };
    this.#next = nobody;
    this.anew = false;
    return next;
  }

  /** Remembers an identity that the server refused; whether another one was refused before. */
  refuse(identity: string): boolean {
    const before = this.#refused;
    this.#refused = identity;
    return before !== null;
  }

  /** Takes in what the host page tells; see `Client.identify`. */
  hear(identity: string | null | undefined, denied: Denied | undefined, used: boolean, hasTalk: boolean): Means {
    const isOfUse = Boolean(identity) && identity !== this.#refused;
    const denial = denialOf(identity ?? null) ?? (denied ? JSON.stringify(denied) : null);
    const isNew = denial !== null && denial !== this.#memory.read('denial');
    if (!isOfUse && hasTalk && !isNew) return 'nothing';
    const before = this.#who;
    this.#who = identity === undefined ? null : identity ? subjectOf(identity) : (before ?? '?');
    this.#next = {
      ...nobody,
      identity: isOfUse && !used ? (identity ?? null) : null,
      unconfirmed: identity !== undefined && !isOfUse,
      denied: isNew ? denied : this.#next.denied,
    };
    const wasNobody = this.#memory.read('nobody') !== null;
    this.#memory.keep('who', this.#who);
    if (denial !== null) this.#memory.keep('denial', denial);
    if (this.#who !== before) return before === null || before === '?' ? 'another-with-unsent' : 'another';
    if (isNew) return 'another';
    return wasNobody ? 'another-with-unsent' : 'same';
  }

  forget(): void {
    this.#who = this.#refused = null;
    this.#next = nobody;
    this.anew = false;
  }
}
