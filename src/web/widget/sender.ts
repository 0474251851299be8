import { backoff } from './backoff.ts';
import { WireError, call, isOver, isRefusal, worthRetrying } from './call.ts';
import type { Lease } from './lease.ts';
import type { Unsent } from './memory.ts';
import type { Needs } from './needs.ts';
import type { Outbox } from './outbox.ts';
import { userOf } from './person.ts';

interface Told {
  /** The server took the message and gave it an id. */
  readonly accepted: (message: Unsent, id: string) => void;
  /** The token cannot be renewed any more. */
  readonly ended: () => void;
}

/** Sends what is in the outbox, in order and one at a time, until the server has taken or refused it. */
export class Sender {
  readonly #needs: Needs;
  readonly #lease: Lease;
  readonly #outbox: Outbox;
  readonly #told: Told;
  #busy: AbortSignal | null = null;

  constructor(needs: Needs, lease: Lease, outbox: Outbox, told: Told) {
    this.#needs = needs;
    this.#lease = lease;
    this.#outbox = outbox;
    this.#told = told;
  }

  /** Does nothing while it is sending in this run already. */
  async send(run: AbortSignal): Promise<void> {
    if (this.#busy === run) return;
    this.#busy = run;
    let tries = 0;
    let refused = '';
    for (let next = this.#outbox.next; next && !isOver(run); next = this.#outbox.next) {
      try {
        if (refused !== next.id) await this.#post(next, run);
        else if (await this.#lease.renew(run)) await this.#post(next, run);
        else {
          this.#told.ended();
          return;
        }
        tries = 0;
      } catch (error) {
        if (isOver(run)) return;
        if (worthRetrying(error)) await this.#needs.wait(backoff(tries++, pauseAfter(error), this.#needs.random));
        else if (isRefusal(error) && refused !== next.id) refused = next.id;
        else this.#outbox.fail(next.id, (error as WireError).message);
        this.#needs.changed();
      }
    }
    if (this.#busy === run) this.#busy = null;
  }

  async #post(message: Unsent, run: AbortSignal): Promise<void> {
    const { session } = this.#lease;
    if (!session?.started) throw new WireError(0);
    const { id } = await call<{ id: string }>(this.#needs.fetch, `conversations/${session.conversationId}/activities`, {
      domain: session.domain,
      token: session.token,
      body: {
        type: 'message',
        // Azure wants an author, though its token decides who that is.
        ...(session.domain !== undefined && { from: { id: userOf(session.token) } }),
        text: message.text,
        textFormat: 'plain',
        locale: this.#needs.locale,
        localTimezone: this.#needs.zone,
        channelData: { clientActivityID: message.id },
      },
      signal: run,
    });
    if (!isOver(run)) this.#told.accepted(message, id);
  }
}

const pauseAfter = (error: unknown): number => (error instanceof WireError ? error.retryAfter : 0);
