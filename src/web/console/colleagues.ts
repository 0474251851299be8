import type { Person } from '../../domain/agent.ts';
import { get } from './api.ts';

/** Who else answers tickets, read when it is first asked for and once a minute at the most. */
export class Colleagues {
  all: readonly Person[] = [];
  readonly #changed: () => void;
  #readAt = -Infinity;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Reads them anew where that was long ago; where it fails those of before stay. */
  async look(): Promise<void> {
    if (performance.now() - this.#readAt < 60_000) return;
    this.#readAt = performance.now();
    this.all = await get<readonly Person[]>('colleagues').catch(() => this.all);
    this.#changed();
  }

  named(id: string): string {
    return this.all.find((one) => one.id === id)?.name ?? 'the agent';
  }
}
