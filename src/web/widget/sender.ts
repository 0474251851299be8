import { backoff } from '../shared/backoff.ts';
import { DirectLineError, callDirectLine, isAborted, isTokenRefused, isRetryable } from './direct-line.ts';
import type { SessionStore } from './session-store.ts';
import type { Unsent } from '../shared/transcript.ts';
import type { ClientNeeds } from './client-needs.ts';
import type { ChatSession } from './memory.ts';
import type { UnsentMessages } from './unsent-messages.ts';
import { azureUserOf } from './identity-claims.ts';

interface SenderHandlers {
  /** The server took the message and gave it an id. */
  readonly accepted: (message: Unsent, id: string) => void;
  /** The token cannot be renewed any more. */
  readonly ended: () => void;
}

/** Sends the unsent messages, in order and one at a time, until the server has taken or refused it. */
export class Sender {
  readonly #needs: ClientNeeds;
  readonly #sessions: SessionStore;
  readonly #unsent: UnsentMessages;
  readonly #handlers: SenderHandlers;
  #busy: AbortSignal | null = null;

  constructor(needs: ClientNeeds, sessions: SessionStore, unsent: UnsentMessages, handlers: SenderHandlers) {
    this.#needs = needs;
    this.#sessions = sessions;
    this.#unsent = unsent;
    this.#handlers = handlers;
  }

  /** Does nothing while it is sending in this run already. */
  async send(run: AbortSignal): Promise<void> {
    if (this.#busy === run) return;
    this.#busy = run;
    let tries = 0;
    let refused = '';
    for (let next = this.#unsent.next; next && !isAborted(run); next = this.#unsent.next) {
      try {
        if (refused !== next.id) await this.#post(next, run);
        else if (await this.#sessions.renew(run)) await this.#post(next, run);
        else {
          this.#handlers.ended();
          return;
        }
        tries = 0;
      } catch (error) {
        if (isAborted(run)) return;
        if (isRetryable(error)) await this.#needs.wait(backoff(tries++, pauseAfter(error), this.#needs.random));
        else if (isTokenRefused(error) && refused !== next.id) refused = next.id;
        else this.#unsent.fail(next.id, (error as DirectLineError).message);
        this.#needs.changed();
      }
    }
    if (this.#busy === run) this.#busy = null;
  }

  async #post(message: Unsent, run: AbortSignal): Promise<void> {
    const { session } = this.#sessions;
    if (!session?.started) throw new DirectLineError(0);
    const file = this.#unsent.fileOf(message);
    const activity = this.#activityOf(message, session);
    const { id } = await callDirectLine<{ id: string }>(
      this.#needs.fetch,
      `conversations/${session.conversationId}/${file ? 'upload' : 'activities'}`,
      {
        domain: session.domain,
        token: session.token,
        body: file ? formOf(activity, file) : activity,
        signal: run,
      },
    );
    if (!isAborted(run)) this.#handlers.accepted(message, id);
  }

  #activityOf({ id, text, article }: Unsent, { domain, token }: ChatSession): object {
    return {
      ...(article === undefined ? { type: 'message' } : { type: 'event', name: 'article-read', value: article }),
      // Azure wants an author, though its token decides who that is.
      ...(domain !== undefined && { from: { id: azureUserOf(token) } }),
      text,
      textFormat: 'plain',
      locale: this.#needs.locale,
      localTimezone: this.#needs.zone,
      channelData: { clientActivityID: id },
    };
  }
}

/** As Direct Line has uploads. */
function formOf(activity: object, file: File): FormData {
  const form = new FormData();
  const type = 'application/vnd.microsoft.activity';
  form.append('activity', new Blob([JSON.stringify(activity)], { type }), 'blob');
  form.append('file', file, file.name);
  return form;
}

const pauseAfter = (error: unknown): number => (error instanceof DirectLineError ? error.retryAfter : 0);
