import { randomBytes } from 'node:crypto';
import type { Store } from '../domain/ports.ts';
import type { StoreDatabase } from './store-database.ts';

/** The stored keys, each made by whoever asks for it first. */
export function createSharedKeys(db: StoreDatabase): Store['sharedKey'] {
  return async (name) => {
    await db
      .insertInto('shared_keys')
      .values({ name, key: randomBytes(32).toString('base64url') })
      .onConflict((clash) => clash.column('name').doNothing())
      .execute();
    const row = await db.selectFrom('shared_keys').select('key').where('name', '=', name).executeTakeFirstOrThrow();
    return row.key;
  };
}
