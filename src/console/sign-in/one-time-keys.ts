import { hash, timingSafeEqual } from 'node:crypto';
import type { Clock, Random } from '../../domain/ports.ts';

/** Keys that open the console once. */
export interface OneTimeKeys {
  /** A new key of 43 random characters; earlier ones stay good. */
  make(): string;
  /** True once for each key, within 15 minutes. */
  use(key: string): boolean;
}

/** Milliseconds. */
const lifetime = 900_000;

/** Keys that end with the process; only their hashes are kept. */
export function createOneTimeKeys(random: Random, clock: Clock): OneTimeKeys {
  let open: readonly { readonly digest: Buffer; readonly until: number }[] = [];
  const living = () => open.filter(({ until }) => until > clock.now());
  return {
    make() {
      const key = random.id(43);
      open = [...living(), { digest: digestOf(key), until: clock.now() + lifetime }];
      return key;
    },
    use(key) {
      const shown = digestOf(key);
      const before = living();
      open = before.filter(({ digest }) => !timingSafeEqual(digest, shown));
      return open.length < before.length;
    },
  };
}

function digestOf(key: string): Buffer {
  return hash('sha256', key, 'buffer');
}
