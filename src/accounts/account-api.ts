import { z } from 'zod';
import { SupportError } from '../domain/errors.ts';
import { known } from '../domain/snapshot.ts';
import { factsOf, isAbout, accountApiMembers, seldomTold } from './account-api-schema.ts';
import { parseAnswer } from './parse-answer.ts';
import type { AccountSource } from './source.ts';

/** Where an account API is, and the key it expects. */
export interface AccountApi {
  readonly url: string;
  readonly key: string;
}

const missing = z.object({ error: z.object({ code: z.enum(['user_not_in_account', 'account_not_found']) }) });

/** The company's own account API, as `docs/account-api.yaml` has it. */
export function createAccountApiSource({ url, key }: AccountApi): AccountSource {
  const base = url.replace(/\/$/, '');
  return {
    name: 'account-api',
    tells: accountApiMembers,
    seldom: seldomTold,
    async read({ accountId, userId, denial }, { at, get }) {
      const path = `v1/accounts/${encodeURIComponent(accountId)}/users/${encodeURIComponent(userId)}/access`;
      const object = denial?.object;
      const query = object === undefined ? '' : `?object=${encodeURIComponent(object)}`;
      const { status, text } = await get(`${base}/${path}${query}`, { authorization: `Bearer ${key}` });
      checkStatus(status);
      const answer = parseAnswer(text);
      if (status === 404) return { membership: known(missingWhat(answer), 'account-api', at) };
      if (!isAbout(answer, accountId, userId)) throw new SupportError('account-garbage');
      return factsOf(answer, at, object);
    },
  };
}

/** Throws `account-refused` or `account-unreachable` for a status with which the account API tells nothing. */
export function checkStatus(status: number): void {
  if (status === 401 || status === 403) throw new SupportError('account-refused', { detail: `status ${status}` });
  if (status !== 200 && status !== 404) throw new SupportError('account-unreachable', { detail: `status ${status}` });
}

function missingWhat(answer: unknown) {
  const checked = missing.safeParse(answer);
  if (!checked.success) throw new SupportError('account-garbage', { cause: checked.error });
  return checked.data.error.code === 'account_not_found' ? 'account-not-found' : 'not-in-account';
}
