import { proved, ruledOut, unknown, type Cause } from '../cause.ts';

/** The account may use the feature, but not in this person's role. Upgrading does not help. */
export const roleLacksPermission: Cause = {
  slug: 'role-lacks-permission',
  proves: { always: ['role', 'roles'] },
  excludes: { always: ['role'], 'any-role': [] },
  judge({ role, entitlements }, { feature }) {
    const entitlement = entitlements.known && entitlements.value.find((one) => one.feature === feature?.slug);
    // A list without any role says nothing: it may mean nobody or everybody.
    if (!entitlement || entitlement.roles?.length === 0) return unknown(entitlements);
    if (entitlement.roles === null) return ruledOut(entitlements, {}, 'any-role');
    if (!role.known) return unknown(role);
    if (entitlement.roles.includes(role.value)) return ruledOut(role, { role: role.value });
    return proved(role, { role: role.value, roles: entitlement.roles.join(', ') });
  },
};
