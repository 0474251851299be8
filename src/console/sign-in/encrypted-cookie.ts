import { EncryptJWT, jwtDecrypt } from 'jose';
import type { Clock } from '../../domain/ports.ts';

/** Keeps what only we may read in a browser, for a while. */
export interface EncryptedCookie<T> {
  close(value: T): Promise<string>;
  /** Null: it is not ours, was changed, or is too old. */
  open(sealed: string): Promise<T | null>;
}

const header = { alg: 'dir', enc: 'A256GCM' } as const;

/** Seals with a key of 256 bits as base64url. */
export function createEncryptedCookie<T>(
  sharedKey: () => Promise<string>,
  clock: Clock,
  seconds: number,
): EncryptedCookie<T> {
  const key = async () => Buffer.from(await sharedKey(), 'base64url');
  return {
    close: async (value) =>
      new EncryptJWT({ value })
        .setProtectedHeader(header)
        .setExpirationTime(Math.floor(clock.now() / 1000) + seconds)
        .encrypt(await key()),
    async open(sealed) {
      try {
        const { payload } = await jwtDecrypt<{ value: T }>(sealed, await key(), {
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
