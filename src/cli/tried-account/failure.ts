import { inspect } from 'node:util';
import { codeOf } from '../../domain/errors.ts';
import type { Source } from '../../domain/snapshot.ts';
import type { Watched } from './watch.ts';

const called: Readonly<Record<Source, string>> = {
  'account-api': 'The account API',
  stripe: 'Stripe',
  'status-page': 'The status page',
  identity: 'The identity',
};
const addressOf: Readonly<Partial<Record<Source, string>>> = {
  'account-api': 'ACCOUNT_API_URL',
  'status-page': 'STATUS_PAGE_URL',
};
const keyOf: Readonly<Partial<Record<Source, string>>> = { 'account-api': 'ACCOUNT_API_KEY', stripe: 'STRIPE_KEY' };

/** Why a source could not be read, in one sentence with what to do; null: it could be. */
export function failureInWords({ name, error, status }: Pick<Watched, 'name' | 'error' | 'status'>): string | null {
  if (error === null) return null;
  const who = called[name];
  const check = addressOf[name] ? `: check ${addressOf[name]}.` : '.';
  const code = codeOf(error);
  if (code === 'account-refused') {
    const key = keyOf[name];
    return `${who} refused the key (${status ?? 'no status'})${key ? `: check ${key}.` : '.'}`;
  }
  if (code === 'account-garbage') return ofGarbage(who, status, error, check);
  if (code !== 'account-unreachable')
    return `${who} could not be read, and the fault is ours: ${inspect(error, { depth: 0 }).split('\n')[0] ?? ''}`;
  if (status !== null && status >= 300 && status < 400)
    return `${who} sends us elsewhere (${status}), and no redirect is followed${check}`;
  if (status !== null && status !== 200) return `${who} answered with the status ${status}.`;
  return ofNetwork(who, error, check);
}

function ofGarbage(who: string, status: number | null, error: unknown, check: string): string {
  if (status === 404)
    return `${who} answered 404 without one of the two codes that prove something (user_not_in_account, account_not_found)${check}`;
  const { message } = error as Error;
  if (message === 'the answer is no JSON') return `${who} answered with something that is not JSON${check}`;
  return `${who} answered, and nothing of it is used: ${message}.`;
}

function ofNetwork(who: string, error: unknown, check: string): string {
  const { cause } = error as Error;
  const { code = '', hostname, message } = (cause ?? error) as NodeJS.ErrnoException & { hostname?: string };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `${hostname ?? who} is not known to DNS${check}`;
  if (code === 'ECONNREFUSED') return `${who} is not there: nothing listens at that address${check}`;
  if (/^(?:CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS)/.test(code))
    return `${who} has a certificate that is not trusted (${code}).`;
  if (/no answer within|no time was left/.test(message)) return `${who} did not answer within 2.5 seconds.`;
  return `${who} could not be reached (${code || message})${check}`;
}
