import type { ClientNeeds } from './client-needs.ts';
import { markSeen } from './reading.ts';
import type { SessionStore } from './session-store.ts';

/** In ms: what is shown in one go is told in one call, and what could not be told is told again. */
const [gather, again] = [300, 5_000];

/** Keeps how far the customer has seen the conversation, and tells the server. */
export class SeenTeller {
  readonly #needs: ClientNeeds;
  readonly #sessions: SessionStore;
  #told = 0;
  #telling = false;

  constructor(needs: ClientNeeds, sessions: SessionStore) {
    this.#needs = needs;
    this.#sessions = sessions;
  }

  /** The number of the last message that was shown. */
  get seq(): number {
    return this.#needs.memory.read('seen') ?? this.#sessions.session?.seen ?? 0;
  }

  /** Everything up to `seq` is shown now. */
  show(seq: number): void {
    if (seq <= this.seq) return;
    this.#needs.memory.keep('seen', seq);
    if (!this.#telling) void this.#tell();
  }

  /** Another conversation. */
  forget(): void {
    this.#needs.memory.keep('seen', null);
    this.#told = 0;
  }

  async #tell(): Promise<void> {
    this.#telling = true;
    for (let pause = gather; ; pause = again) {
      await this.#needs.wait(pause);
      const { session } = this.#sessions;
      const { seq } = this;
      // Azure knows no such call.
      if (!session || session.domain !== undefined || seq <= this.#told) break;
      if (!(await markSeen(this.#needs.fetch, session, seq))) continue;
      if (session.conversationId === this.#sessions.session?.conversationId) this.#told = seq;
    }
    this.#telling = false;
  }
}
