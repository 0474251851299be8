import { fail, ok, warn, type Check } from '../domain/check.ts';
import { probe } from '../http/probe.ts';
import { z } from 'zod';
import type { AccountApi } from './account-api.ts';

/** Nobody's: the contract says how that is answered. */
const nobody = 'latchkey-doctor';
const missing = z.object({ error: z.object({ code: z.enum(['user_not_in_account', 'account_not_found']) }) });

/** Asks the account API for an account that does not exist. */
export function checkAccountApi({ url, key }: AccountApi): Check {
  const at = new URL(`${url.replace(/\/$/, '')}/v1/accounts/${nobody}/users/${nobody}/access`);
  return {
    name: 'account API',
    async run({ fetch }) {
      const { status, json } = await probe(fetch, at, { headers: { authorization: `Bearer ${key}` } });
      if (status === 404 && missing.safeParse(json).success) return ok(`${at.host} answers as its contract says`);
      if (status === 401 || status === 403)
        return fail(`${at.host} refused our key (${status})`, 'set ACCOUNT_API_KEY to the key that it expects');
      if (status === 200)
        return warn(
          `${at.host} tells of an account that nobody has`,
          'let it answer 404 with a code (docs/account-api.md)',
        );
      if (status === 404)
        return fail(
          `${at.host} answers 404 without a code of the contract`,
          'check the path in ACCOUNT_API_URL, and the body of a 404 (docs/account-api.md)',
        );
      return fail(`${at.host} answered ${status}`, 'look at its log: an account that does not exist was asked for');
    },
  };
}
