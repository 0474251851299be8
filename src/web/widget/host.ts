import type { Message } from './messages.ts';

/** The page around the iframe, where it is one that may embed us; messages go to and come from its exact origin only. */
export class Host {
  readonly #origin: string | undefined;

  constructor(allowed: string) {
    const claimed = decodeURIComponent(location.hash.slice(1));
    this.#origin = parent === window ? undefined : allowed.split(' ').find((origin) => origin && origin === claimed);
  }

  get present(): boolean {
    return this.#origin !== undefined;
  }

  tell(message: Message): void {
    if (this.#origin) parent.postMessage(message, this.#origin);
  }

  listen(hear: (message: Message) => void): void {
    addEventListener('message', ({ source, origin, data }: MessageEvent<Message | null>) => {
      if (source === parent && origin === this.#origin && data?.latchkey) hear(data);
    });
  }
}
