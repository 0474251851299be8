import { backoff } from './backoff.ts';
import { WireError, isOver, isRefusal, worthRetrying } from './call.ts';
import type { Lease } from './lease.ts';
import type { Needs } from './needs.ts';
import { listen } from './stream.ts';
import { begin, open } from './tokens.ts';
import type { Frame } from './wire.ts';

interface Told {
  /** A conversation is open: what waits can be sent. */
  readonly ready: (run: AbortSignal) => void;
  readonly online: () => void;
  readonly lost: () => void;
  readonly frame: (frame: Frame) => void;
  /** The server knows the conversation no more. */
  readonly ended: () => void;
  /** No conversation can be begun; the sentence is for the customer. */
  readonly blocked: (sentence: string) => void;
}

/** Keeps one conversation's stream open, over drops and expired tokens, until it is stopped. */
export class Connection {
  readonly #needs: Needs;
  readonly #lease: Lease;
  readonly #told: Told;
  #run = new AbortController();
  #socket = new AbortController();
  #watermark = '0';
  #tries = 0;
  /** In ms, before the next try: what the server asked for; 0 is none at all. */
  #pause = 0;

  constructor(needs: Needs, lease: Lease, told: Told) {
    this.#needs = needs;
    this.#lease = lease;
    this.#told = told;
  }

  get run(): AbortSignal {
    return this.#run.signal;
  }

  /** Resumes the leased conversation or begins one for this identity. */
  start(identity: string | null): void {
    this.#run = new AbortController();
    this.#watermark = '0';
    void this.#stay(identity, this.run);
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

  async #stay(identity: string | null, run: AbortSignal): Promise<void> {
    for (;;) {
      if (this.#pause) await this.#needs.wait(backoff(this.#tries++, this.#pause, this.#needs.random));
      if (isOver(run)) return;
      this.#pause = 1;
      try {
        await this.#connect(identity, run);
      } catch (error) {
        if (isOver(run)) return;
        if (error instanceof WireError) this.#pause = error.retryAfter || 1;
        if (!(await this.#recover(error, identity, run))) return;
      }
      if (!isOver(run)) this.#told.lost();
    }
  }

  async #connect(identity: string | null, run: AbortSignal): Promise<void> {
    const { fetch, socket } = this.#needs;
    const session = this.#lease.session ?? (await begin(fetch, identity, run));
    if (isOver(run)) return;
    this.#lease.keep(session);
    const opened = await open(fetch, session, this.#watermark, run);
    if (isOver(run)) return;
    this.#lease.keep(opened.session);
    this.#told.ready(run);
    this.#socket = new AbortController();
    await listen(socket(opened.streamUrl), this.#listener(run), AbortSignal.any([run, this.#socket.signal]));
  }

  #listener(run: AbortSignal) {
    return {
      opened: () => {
        this.#tries = 0;
        this.#told.online();
      },
      frame: (frame: Frame) => {
        this.#watermark = frame.watermark ?? this.#watermark;
        this.#told.frame(frame);
      },
      beat: () => void this.#lease.keepFresh(run).catch(() => false),
    };
  }

  /** Whether to try again in this run. */
  async #recover(error: unknown, identity: string | null, run: AbortSignal): Promise<boolean> {
    const begun = this.#lease.session !== null;
    if (worthRetrying(error) && (begun || !identity)) return true;
    if (begun && isRefusal(error) && (await this.#lease.renew(run).catch(() => true))) return true;
    if (isOver(run)) return false;
    // an identity works once, even when the answer to it was lost: ending asks for another
    if (begun || worthRetrying(error)) this.#told.ended();
    else this.#told.blocked((error as WireError).message);
    return false;
  }
}
