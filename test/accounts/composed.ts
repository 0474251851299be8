import { createAccountReader } from '../../src/accounts/read-account.ts';
import type { AccountSource } from '../../src/accounts/source.ts';
import { SupportError } from '../../src/domain/errors.ts';
import type { AccountFacts, AccountMember, Source } from '../../src/domain/snapshot.ts';
import { fakeClock, keptLog } from '../support/fakes.ts';

/** When every reading begins, unless the clock is moved. */
export const at = fakeClock().now();
const never = () => () => Promise.reject(new SupportError('account-unreachable'));

/** A source that tells what the test says. */
export function source(
  name: Source,
  tells: readonly AccountMember[],
  read: () => Partial<AccountFacts> | Promise<Partial<AccountFacts>>,
): AccountSource {
  return { name, tells, read: () => Promise.resolve().then(read) };
}

/** The accounts that are composed of these sources; nothing is reachable. */
export function setUp(...sources: AccountSource[]) {
  const [clock, log] = [fakeClock(), keptLog()];
  return { clock, log, accounts: createAccountReader(sources, { startReading: () => never, clock, log }) };
}
