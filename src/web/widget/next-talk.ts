import type { Who } from './tokens.ts';

/** For whom the next conversation is begun, as the host page told it. */
export class NextTalk {
  identity: string | null = null;
  /** The host page's identity is of no use: the conversation is nobody's. */
  unconfirmed = false;
  /** What the host page says, unsigned, that it refused. */
  denied: Who['denied'];

  /** Each works once. */
  take(): Who {
    const { identity, unconfirmed, denied } = this;
    this.forget();
    return { identity, unconfirmed, denied };
  }

  forget(): void {
    this.identity = null;
    this.unconfirmed = false;
    this.denied = undefined;
  }
}
