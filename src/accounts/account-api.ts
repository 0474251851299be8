import { z } from 'zod';
import { SupportError } from '../domain/errors.ts';
import { known } from '../domain/snapshot.ts';
import { membersOf, type Absence } from './absences.ts';
import { factsOf, isAbout, accountApiMembers, seldomTold } from './account-api-facts.ts';
import { doubtsOf } from './doubts.ts';
import { parseAnswer } from './parse-answer.ts';
import type { AccountSource } from './source.ts';

/** Where an account API is, and the key it expects. */
export interface AccountApi {
  readonly url: string;
  readonly key: string;
  /** What the company does not have at all, so that nobody misses it. */
  readonly hasNo?: readonly Absence[];
}

/** Told without the ids, which are a customer's. */
const anotherAccount = 'the answer has not the account.id and user.id that were asked for, as texts';
const missing = z.object({ error: z.object({ code: z.enum(['user_not_in_account', 'account_not_found']) }) });

/** The company's own account API, as `docs/account-api.yaml` has it. */
export function createAccountApiSource({ url, key, hasNo = [] }: AccountApi): AccountSource {
  const base = url.replace(/\/$/, '');
  const none = membersOf(hasNo);
  return {
    name: 'account-api',
    tells: accountApiMembers,
    seldom: [...seldomTold, ...none],
    async read({ accountId, userId, denial }, { at, get, doubt }) {
      const path = `v1/accounts/${encodeURIComponent(accountId)}/users/${encodeURIComponent(userId)}/access`;
      const object = denial?.object;
      const query = object === undefined ? '' : `?object=${encodeURIComponent(object)}`;
      const { status, text } = await get(`${base}/${path}${query}`, { authorization: `Bearer ${key}` });
      checkStatus(status);
      const answer = parseAnswer(text);
      if (status === 404) return { membership: known(missingWhat(answer), 'account-api', at) };
      const asked = { at, object, hasNo: none };
      const facts = factsOf(answer, asked);
      doubt(doubtsOf(answer, facts, { ...asked, accountId, userId }));
      if (!isAbout(answer, accountId, userId)) throw new SupportError('account-garbage', { detail: anotherAccount });
      return facts;
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
