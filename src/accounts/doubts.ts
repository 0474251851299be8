import type { z } from 'zod';
import type { AccountFacts } from '../domain/snapshot.ts';
import { absencesIn, membersOf, saidAbsences } from './absences.ts';
import { accountApiMembers, memberReaders } from './account-api-facts.ts';
import { pathInWords, whyNot } from './issue-words.ts';
import { valueAt, type Asked, type MemberReader } from './member-reader.ts';
import type { Doubt } from './source.ts';

/** Who was asked about, and what the answer was asked for. */
interface AskedAbout extends Asked {
  readonly accountId: string;
  readonly userId: string;
}

type Facts = Pick<AccountFacts, (typeof accountApiMembers)[number]>;

/** What in a 200 answer is not as agreed, or can hardly be meant. Of each path one reason is told. */
export function doubtsOf(answer: unknown, facts: Facts, asked: AskedAbout): readonly Doubt[] {
  const all = [
    ...ofIds(answer, asked),
    ...accountApiMembers.flatMap((member) => (facts[member].known ? [] : malformed(answer, memberReaders[member]))),
    ...malformed(answer, { path: ['hasNo'], answer: saidAbsences }),
    ...ofAbsences(answer, facts, asked),
    ...ofFacts(facts, asked),
  ];
  return [...new Map(all.toReversed().map((one) => [one.path, one])).values()].toReversed();
}

function malformed(answer: unknown, { path, answer: schema }: Pick<MemberReader<unknown>, 'path' | 'answer'>): Doubt[] {
  // Not told, and nothing else stands in its place: most members of most answers.
  if (isLeftOut(answer, path)) return [];
  const issues: readonly z.core.$ZodIssue[] = schema.safeParse(answer).error?.issues ?? [];
  return issues.flatMap((issue) => {
    const value = valueAt(answer, issue.path);
    // Not told at all: that is no mistake.
    if (value === undefined && issue.path.length <= path.length) return [];
    return [{ path: pathInWords(issue.path), why: whyNot(issue, value) }];
  });
}

function isLeftOut(node: unknown, [name, ...rest]: readonly string[]): boolean {
  if (node === undefined) return true;
  if (name === undefined || typeof node !== 'object' || node === null || Array.isArray(node)) return false;
  return isLeftOut((node as Readonly<Record<string, unknown>>)[name], rest);
}

function ofIds(answer: unknown, { accountId, userId, object }: AskedAbout): Doubt[] {
  const asked = [
    ['account', accountId],
    ['user', userId],
    ['object', object],
  ] as const;
  return asked.flatMap(([who, id]) => {
    const told = valueAt(answer, [who, 'id']);
    const path = `${who}.id`;
    if (told === undefined) return who === 'account' ? [{ path, why: 'is missing' }] : [];
    if (typeof told === 'number') return [{ path, why: 'is a number, and should be a text' }];
    return id === undefined || told === id ? [] : [{ path, why: 'is not the one that was asked for' }];
  });
}

/** What is told of what the company says that it does not have. */
function ofAbsences(answer: unknown, facts: Facts, { hasNo }: Asked): Doubt[] {
  const none = new Set<string>([...hasNo, ...membersOf(absencesIn(answer))]);
  const told = accountApiMembers.filter((member) => {
    const fact = facts[member];
    return none.has(member) && fact.known && fact.value !== null;
  });
  const why = 'is told, and hasNo says that there is nothing of it';
  return told.map((member) => ({ path: pathInWords(memberReaders[member].path), why }));
}

function ofFacts({ session, quotas, subscription, trialEndsAt, entitlements }: Facts, { at }: Asked): Doubt[] {
  const doubts: (Doubt | false)[] = [
    session.known &&
      session.value.state === 'valid' &&
      isOver(session.value.expiresAt, at) && {
        path: 'user.session.expiresAt',
        why: 'is over, and the session is called valid',
      },
    quotas.known &&
      quotas.value.some(({ resetsAt }) => isOver(resetsAt, at)) && { path: 'usage[].resetsAt', why: 'is over' },
    subscription.known &&
      subscription.value === 'trialing' &&
      trialEndsAt.known &&
      isOver(trialEndsAt.value, at) && {
        path: 'subscription.trialEndsAt',
        why: 'is over, and the subscription is called trialing',
      },
    entitlements.known &&
      entitlements.value.some(({ roles }) => roles?.length === 0) && {
        path: 'entitlements[].roles',
        why: 'is empty, which says neither nobody nor everybody',
      },
  ];
  return doubts.filter((one) => one !== false);
}

function isOver(moment: number | null, at: number): boolean {
  return moment !== null && moment <= at;
}
