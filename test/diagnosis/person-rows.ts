import type { Incident } from '../../src/domain/snapshot.ts';
import { healthy, needs, needsFeature, possible, proved, ruledOut, unknown, type Row } from './row.ts';
import { at, entitled, hour, snapshot, without, type Values } from './snapshots.ts';

const incident = (differs: Partial<Incident>) =>
  snapshot({ incidents: [{ name: 'Exports fail', features: ['export'], since: null, url: null, ...differs }] });
const session = (state: 'valid' | 'expired' | 'revoked', expiresAt: number | null) =>
  snapshot({ session: { state, expiresAt } });
const expired = session('expired', null);
const lackingHere = (differs: Partial<Values>) =>
  snapshot({ entitlements: entitled({ granted: false }), otherAccountFeatures: ['export'], ...differs });
const lacking = lackingHere({});
const onlySso = [{ feature: 'sso', granted: true, roles: null }];
const forRoles = (...roles: string[]) => snapshot({ role: 'viewer', entitlements: entitled({ roles }) });
const every = entitled().map(({ feature }) => feature);
const onlyExport = { blocks: ['export'], spared: every.filter((slug) => slug !== 'export') };
const twoIncidents = snapshot({
  incidents: ['sso', 'export'].map((slug) => ({ name: `${slug} fails`, features: [slug], since: null, url: null })),
});
const someForAdmins = snapshot({
  role: 'viewer',
  entitlements: entitled().map((one) => ({ ...one, roles: one.feature === 'sso' ? ['admin'] : null })),
});
const notGrantedForAdmins = snapshot({ role: 'viewer', entitlements: entitled({ granted: false, roles: ['admin'] }) });
const seatless = snapshot({ seat: 'none' });
const seatsOf = (used: number, total: number) => snapshot({ seat: 'none', seats: { used, total } });

/** The causes from an incident to a missing seat. */
export const personRows: Readonly<Record<string, readonly Row[]>> = {
  incident: [
    proved('one concerns the feature', incident({}), 'incidents', { facts: { incident: 'Exports fail' } }),
    proved('one may concern any feature', incident({ features: null, since: at - hour }), 'incidents', {
      variant: 'since',
      facts: { incident: 'Exports fail', since: { at: at - hour } },
      feature: null,
    }),
    ruledOut('there is none', healthy, 'incidents'),
    ruledOut('there is none, and no feature was named', healthy, 'incidents', { feature: null }),
    ruledOut('it concerns another feature', incident({ features: ['sso'] }), 'incidents', { variant: 'elsewhere' }),
    possible('it concerns some feature, and none was named', incident({}), 'incidents', {
      facts: { incident: 'Exports fail' },
      ...onlyExport,
    }),
    possible('it concerns some feature for an hour, and none was named', incident({ since: at - hour }), 'incidents', {
      variant: 'since',
      facts: { incident: 'Exports fail', since: { at: at - hour } },
      ...onlyExport,
    }),
    possible('two concern some features, and none was named', twoIncidents, 'incidents', {
      variant: 'several',
      blocks: ['export', 'sso'],
      spared: onlyExport.spared.filter((slug) => slug !== 'sso'),
    }),
    proved('it concerns every feature by name, and none was named', incident({ features: every }), 'incidents', {
      facts: { incident: 'Exports fail' },
      feature: null,
    }),
    ruledOut('it concerns nothing that is sold, and none was named', incident({ features: ['fax'] }), 'incidents', {
      variant: 'elsewhere',
      feature: null,
    }),
    ...needs('incidents'),
  ],
  'not-identified': [
    proved('nobody is signed in', snapshot({ identity: 'anonymous' }), 'identity', { variant: 'no-identity' }),
    proved('the user is not in the account', snapshot({ membership: 'not-in-account' }), 'membership', {
      variant: 'not-in-account',
    }),
    proved('there is no such account', snapshot({ membership: 'account-not-found' }), 'membership', {
      variant: 'account-not-found',
    }),
    proved('the session is expired', expired, 'session', { variant: 'session-expired' }),
    proved('the session is expired, and since when is known', session('expired', at - hour), 'session', {
      variant: 'session-expired-at',
      facts: { endedAt: { at: at - hour } },
    }),
    proved('a session that is called valid has just ended', session('valid', at), 'session', {
      variant: 'session-expired-at',
      facts: { endedAt: { at } },
    }),
    proved('the session is revoked', session('revoked', at + hour), 'session', { variant: 'session-revoked' }),
    proved('the session is expired and the membership unread', without(expired, ['membership']), 'session', {
      variant: 'session-expired',
    }),
    ruledOut('all is well', healthy, 'session'),
    ruledOut('a valid session has no end', session('valid', null), 'session'),
    ruledOut('a valid session ends in a millisecond', session('valid', at + 1), 'session'),
    unknown(
      'the session is unread, and nobody tells the membership',
      without(without(healthy, ['membership'], 'not-connected'), ['session']),
      'session',
    ),
    ...needs('identity'),
    ...needs('membership'),
    ...needs('session'),
  ],
  'wrong-account': [
    proved('another sign-in has what this one lacks', lacking, 'otherAccountFeatures'),
    ruledOut('this sign-in has it too', snapshot({ otherAccountFeatures: ['export'] }), 'entitlements'),
    ruledOut('this sign-in has it, and no other is told', without(healthy, ['otherAccountFeatures']), 'entitlements'),
    ruledOut(
      'the other sign-in has only other features',
      lackingHere({ otherAccountFeatures: ['sso'] }),
      'otherAccountFeatures',
    ),
    ruledOut(
      'there is no other sign-in, and no feature was named',
      lackingHere({ otherAccountFeatures: [] }),
      'otherAccountFeatures',
      { feature: null },
    ),
    possible('no feature was named', lacking, 'otherAccountFeatures', { blocks: ['export'], spared: [] }),
    ruledOut('this sign-in has everything, and no feature was named', healthy, 'entitlements', { feature: null }),
    ruledOut(
      'this sign-in has what the other has, and no feature was named',
      snapshot({
        entitlements: entitled().map((one) => ({ ...one, granted: one.feature !== 'sso' })),
        otherAccountFeatures: ['export'],
      }),
      'entitlements',
      { feature: null },
    ),
    unknown(
      'it is not told of what the other has, and no feature was named',
      lackingHere({ entitlements: onlySso }),
      'entitlements',
      { feature: null },
    ),
    unknown('this sign-in’s entitlement is not told', lackingHere({ entitlements: onlySso }), 'entitlements'),
    ...needs('otherAccountFeatures', lacking),
    ...needs('entitlements', lacking),
  ],
  'account-suspended': [
    proved('it is suspended', snapshot({ accountStatus: 'suspended' }), 'accountStatus', { variant: 'suspended' }),
    proved('it is closed', snapshot({ accountStatus: 'closed' }), 'accountStatus', { variant: 'closed' }),
    ruledOut('it is active', healthy, 'accountStatus'),
    ...needs('accountStatus'),
  ],
  'role-lacks-permission': [
    proved('the role is none of the feature’s', forRoles('admin', 'member'), 'role', {
      facts: { role: { role: 'viewer' }, roles: { roles: ['admin', 'member'] } },
    }),
    ruledOut('the role is one of them', forRoles('admin', 'viewer'), 'role', { facts: { role: { role: 'viewer' } } }),
    ruledOut('any role may', snapshot({ role: 'viewer', entitlements: entitled() }), 'entitlements', {
      variant: 'any-role',
    }),
    ruledOut(
      'any role may, and the role is unread',
      without(snapshot({ entitlements: entitled() }), ['role']),
      'entitlements',
      { variant: 'any-role' },
    ),
    unknown('the list of roles is empty', forRoles(), 'entitlements'),
    possible('no feature was named', someForAdmins, 'role', {
      facts: { role: { role: 'viewer' } },
      blocks: ['sso'],
      spared: every.filter((slug) => slug !== 'sso'),
    }),
    ruledOut('no feature was named, and it may use every one', forRoles('viewer'), 'role', {
      variant: 'every-feature',
      facts: { role: { role: 'viewer' } },
      feature: null,
    }),
    ruledOut(
      'no feature was named, and any role may use every one',
      without(snapshot({ entitlements: entitled() }), ['role']),
      'entitlements',
      {
        variant: 'any-role',
        feature: null,
      },
    ),
    needsFeature(
      'no feature was named, and it keeps only from what is not granted',
      notGrantedForAdmins,
      'entitlements',
    ),
    needsFeature('no feature was named, and a list of roles is empty', forRoles(), 'entitlements'),
    unknown('no feature was named, and the role is unread', without(someForAdmins, ['role']), 'role', {
      feature: null,
    }),
    unknown('its roles are not told', snapshot({ role: 'viewer', entitlements: onlySso }), 'entitlements'),
    ...needs('role'),
    ...needs('entitlements'),
  ],
  'no-seat': [
    proved('none is assigned', seatless, 'seat', { variant: 'unassigned' }),
    proved('none is assigned, and whether one is free is unread', without(seatless, ['seats']), 'seat', {
      variant: 'unassigned',
    }),
    proved('none is assigned and one is free', seatsOf(9, 10), 'seat', { variant: 'unassigned' }),
    proved('none is free', seatsOf(10, 10), 'seats', { variant: 'pool-full', facts: { taken: 10, places: 10 } }),
    proved('more are taken than there are', seatsOf(11, 10), 'seats', {
      variant: 'pool-full',
      facts: { taken: 11, places: 10 },
    }),
    proved('it is pending', snapshot({ seat: 'pending' }), 'seat', { variant: 'pending' }),
    ruledOut('one is assigned', healthy, 'seat'),
    ruledOut('one is assigned and none is free', snapshot({ seats: { used: 10, total: 10 } }), 'seat'),
    ...needs('seat'),
  ],
};
