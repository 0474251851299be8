import { z } from 'zod';
import { SupportError } from '../../domain/errors.ts';
import { parseJson } from '../../domain/parse-json.ts';
import { parseAnswer } from '../parse-answer.ts';
import type { Reading } from '../source.ts';

const api = 'https://api.stripe.com/v1/';

/**
 * The first version that tells why a subscription is paused:
 * https://docs.stripe.com/changelog/endive/2026-09-30/pause-subscription
 */
export const stripeVersion = '2026-09-30.endive';

/** Asks Stripe for a path below /v1. Throws `account-refused`, `account-unreachable` or `account-garbage`. */
export type Ask = (path: string, query: Readonly<Record<string, string>>) => Promise<unknown>;

/** Asks with a restricted key, within one reading. */
export function createAsk(key: string, get: Reading['get']): Ask {
  const headers = { authorization: `Bearer ${key}`, 'stripe-version': stripeVersion };
  return async (path, query) => {
    const { status, text } = await get(`${api}${path}?${new URLSearchParams(query).toString()}`, headers);
    const code = status === 200 ? '' : codeIn(text);
    const detail = `Stripe answered ${path} with the status ${status}${code && ` and the code ${code}`}`;
    if (status === 401 || status === 403) throw new SupportError('account-refused', { detail });
    if (status !== 200) throw new SupportError('account-unreachable', { detail });
    return parseAnswer(text);
  };
}

// https://docs.stripe.com/error-codes; a code is a word, and no place for anything of an account.
const failure = z.object({ error: z.object({ code: z.string().regex(/^[a-z_]{1,60}$/) }) });

function codeIn(text: string): string {
  const checked = failure.safeParse(parseJson(text));
  return checked.success ? checked.data.error.code : '';
}

/** The most that Stripe gives at once, and how often we ask on. https://docs.stripe.com/api/pagination */
const pageSize = 100;
const mostPages = 10;

const list = z.object({ data: z.array(z.unknown()), has_more: z.boolean() });

/** A list of Stripe's. Throws `account-garbage` where it is none; null where its objects are not as documented. */
export function listOf<T>(answer: unknown, schema: z.ZodType<T>): { data: readonly T[]; hasMore: boolean } | null {
  const checked = list.safeParse(answer);
  if (!checked.success) throw new SupportError('account-garbage', { cause: checked.error });
  const objects = z.array(schema).safeParse(checked.data.data);
  return objects.success ? { data: objects.data, hasMore: checked.data.has_more } : null;
}

/** Every object of a list; null where one is not as documented, or there are more than ten pages. Throws like `Ask`. */
export async function listAll<T extends { readonly id: string }>(
  ask: Ask,
  path: string,
  query: Readonly<Record<string, string>>,
  schema: z.ZodType<T>,
): Promise<readonly T[] | null> {
  const all: T[] = [];
  for (let pages = 0; pages < mostPages; pages += 1) {
    const last = all.at(-1);
    const after = { limit: String(pageSize), ...(last && { starting_after: last.id }) };
    const page = listOf(await ask(path, { ...query, ...after }), schema);
    if (!page) return null;
    all.push(...page.data);
    if (!page.hasMore) return all;
    // Without an object there is none to ask on from.
    if (page.data.length === 0) return null;
  }
  return null;
}
