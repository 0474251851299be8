import type { ActivitySet } from '../../domain/direct-line.ts';
import { anySignal } from '../shared/fallbacks.ts';
import { backoff } from '../shared/backoff.ts';
import { DirectLineError, isAborted, isTokenRefused, isRetryable } from './direct-line.ts';
import type { SessionStore } from './session-store.ts';
import type { ClientNeeds } from './client-needs.ts';
import { listen } from './stream.ts';
import { begin, open, type Who } from './tokens.ts';

interface ConnectionHandlers {
  /** A conversation is open: what waits can be sent. */
  readonly ready: (run: AbortSignal) => void;
  readonly online: () => void;
  readonly lost: () => void;
  readonly frame: (frame: Partial<ActivitySet>) => void;
  /** The server knows the conversation no more. */
  readonly ended: () => void;
  /** Nobody is believed to be who this identity says. */
  readonly refused: (identity: string) => void;
  /** No conversation can be begun; the sentence is for the customer. */
  readonly blocked: (sentence: string) => void;
}

/** Keeps one conversation's stream open, over drops and expired tokens, until it is stopped. */
export class Connection {
  readonly #needs: ClientNeeds;
  readonly #sessions: SessionStore;
  readonly #handlers: ConnectionHandlers;
  #run = new AbortController();
  #socket = new AbortController();
  #watermark = '0';
  #tries = 0;
  /** In ms, before the next try: what the server asked for; 0 is none at all. */
  #pause = 0;

  constructor(needs: ClientNeeds, sessions: SessionStore, handlers: ConnectionHandlers) {
    this.#needs = needs;
    this.#sessions = sessions;
    this.#handlers = handlers;
  }

  get run(): AbortSignal {
    return this.#run.signal;
  }

  /** Resumes the remembered conversation or begins one for whoever this is. */
  start(who: Who): void {
    this.#run = new AbortController();
    this.#watermark = '0';
    void this.#keepOpen(who, this.run);
  }

  stop(): void {
    this.#run.abort();
  }

  /** Listens anew when this socket has gone silent; does nothing when it was replaced. */
  watch(ms: number, silent: () => boolean): void {
    const socket = this.#socket;
    void this.#needs.wait(ms).then(() => {
      if (silent()) socket.abort();
    });
  }

  async #keepOpen(who: Who, run: AbortSignal): Promise<void> {
    for (;;) {
      if (this.#pause) await this.#needs.wait(backoff(this.#tries++, this.#pause, this.#needs.random));
      if (isAborted(run)) return;
      this.#pause = 1;
      try {
        await this.#connect(who, run);
      } catch (error) {
        if (isAborted(run)) return;
        if (error instanceof DirectLineError) this.#pause = error.retryAfter || 1;
        if (!(await this.#recover(error, who, run))) return;
      }
      if (!isAborted(run)) this.#handlers.lost();
    }
  }

  async #connect(who: Who, run: AbortSignal): Promise<void> {
    const { fetch, socket } = this.#needs;
    const { session } = this.#sessions;
    const begun = session ? { session, streamUrl: '' } : await begin(this.#needs, who, run);
    if (isAborted(run)) return;
    this.#sessions.keep(begun.session);
    const opened = begun.streamUrl === '' ? await open(fetch, begun.session, this.#watermark, run) : begun;
    if (isAborted(run)) return;
    this.#sessions.keep(opened.session);
    this.#handlers.ready(run);
    this.#socket = new AbortController();
    await listen(socket(opened.streamUrl), this.#streamHandlers(run), anySignal(run, this.#socket.signal));
  }

  #streamHandlers(run: AbortSignal) {
    return {
      opened: () => {
        this.#tries = 0;
        this.#handlers.online();
      },
      frame: (frame: Partial<ActivitySet>) => {
        this.#watermark = frame.watermark ?? this.#watermark;
        this.#handlers.frame(frame);
      },
      heartbeat: () => void this.#sessions.keepFresh(run).catch(() => false),
    };
  }

  /** Whether to try again in this run. */
  async #recover(error: unknown, { identity }: Who, run: AbortSignal): Promise<boolean> {
    const begun = this.#sessions.session !== null;
    if (isRetryable(error) && (begun || !identity)) return true;
    if (begun && isTokenRefused(error) && (await this.#sessions.renew(run).catch(() => true))) return true;
    if (isAborted(run)) return false;
    // an identity works once, even when the answer to it was lost: ending asks for another
    if (begun || isRetryable(error)) this.#handlers.ended();
    else if (identity && isTokenRefused(error)) this.#handlers.refused(identity);
    else this.#handlers.blocked((error as DirectLineError).message);
    return false;
  }
}
