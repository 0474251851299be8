import { EncryptJWT, jwtDecrypt } from 'jose';
import type { Clock, Random } from '../../domain/ports.ts';

/** Keeps what only this process may read in a browser, for a while. */
export interface EncryptedCookie<T> {
  close(value: T): Promise<string>;
  /** Null: it is not ours, was changed, or is too old. */
  open(sealed: string): Promise<T | null>;
}

const header = { alg: 'dir', enc: 'A256GCM' } as const;

/** Seals with a key that ends with the process. */
export function createEncryptedCookie<T>(random: Random, clock: Clock, seconds: number): EncryptedCookie<T> {
  const key = Buffer.from(random.id(43), 'base64url');
  return {
    close: (value) =>
      new EncryptJWT({ value })
        .setProtectedHeader(header)
        .setExpirationTime(Math.floor(clock.now() / 1000) + seconds)
        .encrypt(key),
    async open(sealed) {
      try {
        const { payload } = await jwtDecrypt<{ value: T }>(sealed, key, {
          currentDate: new Date(clock.now()),
          keyManagementAlgorithms: [header.alg],
          contentEncryptionAlgorithms: [header.enc],
        });
        return payload.value;
      } catch {
        return null;
      }
    },
  };
}
