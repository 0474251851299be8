import { list } from '../domain/schemas.ts';
import { z } from 'zod';
import type { AccountMember } from '../domain/snapshot.ts';

/** What a company may not have at all, and the members that nobody then misses. */
export const absences = {
  sessions: ['session'],
  roles: ['role'],
  seats: ['seat', 'seats'],
  plans: ['plan', 'planChangedAt'],
  changes: ['planChangedAt'],
  payments: ['subscription'],
  trials: ['trialEndsAt'],
  suspensions: ['accountStatus'],
  entitlements: ['entitlements'],
  quotas: ['quotas'],
  rates: ['rates'],
  credits: ['credits'],
} as const satisfies Readonly<Record<string, readonly AccountMember[]>>;

/** One of the words above. */
export type Absence = keyof typeof absences;

/** All of those words. */
export const absenceWords = Object.keys(absences) as readonly Absence[];

/** Whether a word names something that a company may not have. */
export function isAbsence(word: unknown): word is Absence {
  return typeof word === 'string' && Object.hasOwn(absences, word);
}

/** How an answer says of what the company has nothing. */
export const saidAbsences = z.object({ hasNo: list(z.enum(absenceWords)) });

const saidWords = z.object({ hasNo: list(z.unknown()) });

/** Of what an answer says that there is nothing; a word that we do not know is left out. */
export function absencesIn(answer: unknown): readonly Absence[] {
  const said = saidWords.safeParse(answer);
  return said.success ? said.data.hasNo.filter(isAbsence) : [];
}

/** The members of which there is nothing. */
export function membersOf(hasNo: readonly Absence[]): ReadonlySet<AccountMember> {
  return new Set(hasNo.flatMap((word) => absences[word]));
}
