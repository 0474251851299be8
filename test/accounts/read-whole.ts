import { factsOf, isAbout } from '../../src/accounts/account-api-facts.ts';
import { pathOf, type Member } from './fixture.ts';
import { valueAt } from './mutants.ts';

/** Whether our client uses the answer, and knows every fact for which there is a value. */
export function isReadWhole(answer: object, at: number): boolean {
  const theirs = valueAt(answer, ['account', 'id']);
  const user = valueAt(answer, ['user', 'id']);
  if (typeof theirs !== 'string' || (user !== undefined && typeof user !== 'string')) return false;
  if (!isAbout(answer, theirs, user ?? 'anyone')) return false;
  const object = valueAt(answer, ['object', 'id']);
  const facts = factsOf(answer, { at, object: typeof object === 'string' ? object : undefined });
  const isTold = (member: string, path: readonly string[]) =>
    member === 'featureStates'
      ? hasAny(answer, 'state')
      : member === 'unlimitedFeatures'
        ? hasAny(answer, 'unlimited')
        : !isAbsent(answer, path) && !isNone(answer, member);
  if (!isWords(valueAt(answer, ['hasNo']))) return false;
  return Object.entries(pathOf).every(([member, path]) => facts[member as Member].known || !isTold(member, path));
}

/** Whether any entitlement tells this. */
function hasAny(answer: object, name: string): boolean {
  const entitlements = valueAt(answer, ['entitlements']);
  return Array.isArray(entitlements) && entitlements.some((one) => valueAt(one, [name]) !== undefined);
}

const words = 'sessions roles seats plans changes payments trials suspensions entitlements quotas rates credits'.split(
  ' ',
);

function isWords(hasNo: unknown): boolean {
  if (hasNo === undefined) return true;
  return Array.isArray(hasNo) && hasNo.length <= 1_000 && hasNo.every((one) => words.includes(one as string));
}

/** Whether the usage tells none of a kind, and the answer says that there is none. */
function isNone(answer: object, member: string): boolean {
  const [usage, hasNo] = [valueAt(answer, ['usage']), valueAt(answer, ['hasNo'])];
  const isKind = ['quotas', 'rates', 'credits'].includes(member) && Array.isArray(hasNo) && hasNo.includes(member);
  return isKind && Array.isArray(usage) && usage.every((one) => `${String(valueAt(one, ['kind']))}s` !== member);
}

/** Whether what would hold it is absent, or an object without it. */
function isAbsent(answer: object, path: readonly string[]): boolean {
  const parent = valueAt({ answer }, ['answer', ...path.slice(0, -1)]);
  if (parent === undefined) return true;
  const holds = typeof parent === 'object' && parent !== null && !Array.isArray(parent);
  return holds && !Object.hasOwn(parent, path.at(-1) ?? '');
}
