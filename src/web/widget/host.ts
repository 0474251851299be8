import type { HostMessage } from './host-messages.ts';

/** The page around the iframe, where it is one that may embed us; messages go to and come from its exact origin only. */
export class Host {
  readonly #origin: string | undefined;

  constructor(allowed: string) {
    const claimed = new URLSearchParams(location.search).get('from');
    this.#origin = parent === window ? undefined : allowed.split(' ').find((origin) => origin && origin === claimed);
  }

  get present(): boolean {
    return this.#origin !== undefined;
  }

  post(message: HostMessage): void {
    if (this.#origin) parent.postMessage(message, this.#origin);
  }

  listen(handle: (message: HostMessage) => void): void {
    addEventListener('message', ({ source, origin, data }: MessageEvent<HostMessage | null>) => {
      if (source === parent && origin === this.#origin && data?.latchkey) handle(data);
    });
  }
}
