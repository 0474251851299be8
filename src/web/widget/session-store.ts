import type { Memory, ChatSession } from './memory.ts';
import { refresh } from './tokens.ts';

/** The conversation and its token, kept over a reload and renewed by one call at a time. */
export class SessionStore {
  readonly #memory: Memory;
  readonly #fetch: typeof fetch;
  #session: ChatSession | null;
  #renewing: Promise<boolean> | null = null;

  constructor(memory: Memory, request: typeof fetch) {
    this.#memory = memory;
    this.#fetch = request;
    this.#session = memory.read('session');
  }

  get session(): ChatSession | null {
    return this.#session;
  }

  keep(session: ChatSession | null): void {
    this.#session = session;
    this.#memory.keep('session', session);
    if (!session) this.#renewing = null;
    else if (!session.byLink) this.#memory.keep('talked', true);
  }

  /** Gets a fresh token; false when the server refuses; throws DirectLineError when it may work later. */
  renew(run: AbortSignal): Promise<boolean> {
    this.#renewing ??= this.#renew(run).finally(() => (this.#renewing = null));
    return this.#renewing;
  }

  /** Renews a token that has less than five minutes left. */
  async keepFresh(run: AbortSignal): Promise<void> {
    if (this.#session && this.#session.expires - Date.now() < 300_000) await this.renew(run);
  }

  async #renew(run: AbortSignal): Promise<boolean> {
    const before = this.#session;
    const fresh = before && (await refresh(this.#fetch, before, run));
    if (fresh && this.#session === before) this.keep(fresh);
    return fresh !== null;
  }
}
