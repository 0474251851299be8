import { hash, timingSafeEqual } from 'node:crypto';

/** Whether a text that was shown is the secret; how long it takes tells nothing of either. */
export function isSecret(shown: string, secret: string): boolean {
  return timingSafeEqual(hash('sha256', shown, 'buffer'), hash('sha256', secret, 'buffer'));
}
