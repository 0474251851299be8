import { z } from 'zod';
import { SupportError } from '../domain/errors.ts';
import { parseJson } from '../domain/parse-json.ts';
import type { SubjectByEmail } from '../domain/ports.ts';
import { id, list, personShape } from '../domain/schemas.ts';
import type { StartReading } from './resilient-get.ts';
import { checkStatus, type AccountApi } from './account-api.ts';

const answerShape = z.object({ people: list(z.object({ ...personShape, account_id: id, user_id: id })) });

/** Asks the account API for people by e-mail; an API without that path (404) knows nobody. */
export function createSubjectByEmail({ url, key }: AccountApi, startReading: StartReading): SubjectByEmail {
  const base = url.replace(/\/$/, '');
  return async (email) => {
    const get = startReading()('account-api');
    const asked = `${base}/v1/people?email=${encodeURIComponent(email)}`;
    const { status, text } = await get(asked, { authorization: `Bearer ${key}` });
    checkStatus(status);
    const [person, ...others] = status === 404 ? [] : peopleIn(text);
    // Whom of several would be a guess.
    if (!person || others.length > 0) return null;
    const { account_id: accountId, user_id: userId, stripe_customer: stripeCustomerId, ...profile } = person;
    return { accountId, userId, verifiedBy: 'trusted-email', stripeCustomerId, ...profile };
  };
}

function peopleIn(text: string) {
  const { data } = answerShape.safeParse(parseJson(text));
  // Without the cause, which may hold the address.
  if (!data) throw new SupportError('account-garbage');
  return data.people;
}
