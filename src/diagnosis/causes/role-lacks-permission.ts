import type { Entitlement, Known, Snapshot } from '../../domain/snapshot.ts';
import {
  needsFeature,
  possible,
  proved,
  ruledOut,
  unknown,
  type Cause,
  type DiagnosisContext,
  type Judgement,
} from '../cause.ts';

/** The account may use the feature, but not in this person's role. Upgrading does not help. */
export const roleLacksPermission: Cause = {
  slug: 'role-lacks-permission',
  proves: { always: ['role', 'roles'] },
  possible: { always: ['role'] },
  excludes: { always: ['role'], 'any-role': [], 'every-feature': ['role'] },
  judge({ role, entitlements }, about) {
    if (!entitlements.known) return unknown(entitlements);
    if (!about.feature) return judgeEvery(role, entitlements, about);
    const entitlement = entitlements.value.find((one) => one.feature === about.feature?.slug);
    // A list without any role says nothing: it may mean nobody or everybody.
    if (!entitlement || entitlement.roles?.length === 0) return unknown(entitlements);
    if (entitlement.roles === null) return ruledOut(entitlements, {}, 'any-role');
    if (!role.known) return unknown(role);
    const facts = { role: { role: role.value } };
    if (hasRole(entitlement.roles, role.value)) return ruledOut(role, facts);
    return proved(role, { ...facts, roles: { roles: entitlement.roles } });
  },
};

/** Companies write `Admin` in one place and `admin` in another. */
function hasRole(roles: readonly string[], role: string): boolean {
  return roles.some((one) => one.toLowerCase() === role.toLowerCase());
}

/** Without a feature: whether the role keeps from anything that the account has. */
function judgeEvery(
  role: Snapshot['role'],
  entitlements: Known<readonly Entitlement[]>,
  { catalog }: DiagnosisContext,
): Judgement | null {
  const told = catalog.features.map(({ slug }) => entitlements.value.find((one) => one.feature === slug));
  const isOpenToAll = (one: Entitlement | undefined) => one?.roles === null;
  if (told.every(isOpenToAll)) return ruledOut(entitlements, {}, 'any-role');
  if (!role.known) return unknown(role);
  const facts = { role: { role: role.value } };
  const allows = (one: Entitlement | undefined) => one && (one.roles === null || hasRole(one.roles, role.value));
  if (told.every(allows)) return ruledOut(role, facts, 'every-feature');
  const kept = told.flatMap((one) => (one?.granted && one.roles?.length !== 0 && !allows(one) ? [one.feature] : []));
  return kept.length > 0 ? possible(role, kept, facts) : needsFeature(entitlements);
}
