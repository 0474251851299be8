import { z } from 'zod/v4';
import { SupportError, codeOf } from '../domain/errors.ts';
import type { Accounts, Clock, HttpGet, Log } from '../domain/ports.ts';
import { known, unreadSnapshot, type Snapshot } from '../domain/snapshot.ts';
import type { VerifiedSubject } from '../domain/subject.ts';
import { factsOf, isAbout } from './answer.ts';

/** Where an account API is, the key it expects, and how long it may take. */
export interface AccountApi {
  readonly url: string;
  readonly key: string;
  /** For the whole read, connecting and body included. */
  readonly deadlineMs: number;
}

const longestAnswer = 1_048_576;
const missing = z.object({ error: z.object({ code: z.enum(['user_not_in_account', 'account_not_found']) }) });

/** Reads accounts over HTTP, as `account-api.md` has it. What goes wrong is logged, and unknown in the snapshot. */
export function createHttpAccounts(api: AccountApi, needs: { get: HttpGet; clock: Clock; log: Log }): Accounts {
  return {
    async read(subject) {
      const at = needs.clock.now();
      const nothing = unreadSnapshot('verified', at);
      try {
        return { ...nothing, ...(await ask(api, subject, needs.get, at)) };
      } catch (error) {
        const code = codeOf(error);
        const level = code === 'account-unreachable' ? 'warn' : 'error';
        needs.log[level]({ code, err: error }, 'the account could not be read');
        return nothing;
      }
    },
  };
}

async function ask(api: AccountApi, subject: VerifiedSubject, send: HttpGet, at: number): Promise<Partial<Snapshot>> {
  const { status, text } = await get(api, subject, send);
  if (status === 401 || status === 403) throw new SupportError('account-refused', { detail: `status ${status}` });
  if (status !== 200 && status !== 404) throw new SupportError('account-unreachable', { detail: `status ${status}` });
  const answer = parse(text);
  if (status === 404) return { membership: known(missingWhat(answer), 'account-api', at) };
  if (!isAbout(answer, subject.accountId, subject.userId)) throw new SupportError('account-garbage');
  return factsOf(answer, at);
}

function get(api: AccountApi, { accountId, userId }: VerifiedSubject, send: HttpGet) {
  const path = `v1/accounts/${encodeURIComponent(accountId)}/users/${encodeURIComponent(userId)}/access`;
  const url = `${api.url.replace(/\/$/, '')}/${path}`;
  const headers = { authorization: `Bearer ${api.key}`, accept: 'application/json' };
  return send(url, { headers, deadlineMs: api.deadlineMs, mostBytes: longestAnswer });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new SupportError('account-garbage', { cause });
  }
}

function missingWhat(answer: unknown) {
  const checked = missing.safeParse(answer);
  if (!checked.success) throw new SupportError('account-garbage', { cause: checked.error });
  return checked.data.error.code === 'account_not_found' ? 'account-not-found' : 'not-in-account';
}
