import { factsOf, isAbout } from '../../src/accounts/account-api-schema.ts';
import { pathOf, type Member } from './fixture.ts';
import { valueAt } from './mutants.ts';

/** Whether our client uses the answer, and knows every fact for which there is a value. */
export function isReadWhole(answer: object, at: number): boolean {
  const theirs = valueAt(answer, ['account', 'id']);
  const user = valueAt(answer, ['user', 'id']);
  if (typeof theirs !== 'string' || (user !== undefined && typeof user !== 'string')) return false;
  if (!isAbout(answer, theirs, user ?? 'anyone')) return false;
  const object = valueAt(answer, ['object', 'id']);
  const facts = factsOf(answer, at, typeof object === 'string' ? object : undefined);
  const isTold = (member: string, path: readonly string[]) =>
    member === 'featureStates' ? hasStates(answer) : !isAbsent(answer, path);
  return Object.entries(pathOf).every(([member, path]) => facts[member as Member].known || !isTold(member, path));
}

/** Whether any entitlement tells whether it is switched on. */
function hasStates(answer: object): boolean {
  const entitlements = valueAt(answer, ['entitlements']);
  return Array.isArray(entitlements) && entitlements.some((one) => valueAt(one, ['state']) !== undefined);
}

/** Whether what would hold it is absent, or an object without it. */
function isAbsent(answer: object, path: readonly string[]): boolean {
  const parent = valueAt({ answer }, ['answer', ...path.slice(0, -1)]);
  if (parent === undefined) return true;
  const holds = typeof parent === 'object' && parent !== null && !Array.isArray(parent);
  return holds && !Object.hasOwn(parent, path.at(-1) ?? '');
}
