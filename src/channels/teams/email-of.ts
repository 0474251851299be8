import { z } from 'zod';
import { email } from '../../domain/schemas.ts';
import type { ChannelAddress } from '../../domain/channels.ts';
import type { Connector } from './connector.ts';
import { addressShape } from './events.ts';
import { isTrusted, type TeamsEndpoints } from './endpoints.ts';

interface EmailNeeds {
  readonly connector: Pick<Connector, 'member'>;
  readonly endpoints: Pick<TeamsEndpoints, 'services'>;
  readonly trustedTenants: readonly string[];
}

const id = z.guid().toLowerCase();
/**
 * A full member. What they sign in with counts, for its domain must be the tenant's own; `email` may be set to anything.
 * A guest's is such as `ada_acme.com#EXT#@host.example`, which is no address.
 */
const member = z.object({
  aadObjectId: id.nullish(),
  objectId: id.nullish(),
  tenantId: id,
  userRole: z.literal('user'),
  userPrincipalName: email,
});

/** The address of somebody; null: of nobody whom the operator trusts. */
export type EmailOf = (user: string, to: ChannelAddress) => Promise<string | null>;

/** Asks Teams with which addresses people of the trusted tenants sign in, in personal chats. */
export function createEmailOf({ connector, endpoints, trustedTenants }: EmailNeeds): EmailOf {
  return async (user, to) => {
    const [, tenant = '', person = ''] = user.split('|');
    const address = addressShape.safeParse(to).data;
    if (!trustedTenants.includes(tenant) || address?.kind !== 'personal' || !isTrusted(address.service, endpoints))
      return null;
    const told = member.safeParse(await connector.member(address, person)).data;
    if (told?.tenantId !== tenant) return null;
    // Microsoft documents the one name in answers, and the other in its SDK.
    const named = [told.aadObjectId, told.objectId].filter((one) => one != null);
    return named.length > 0 && named.every((one) => one === person) ? told.userPrincipalName : null;
  };
}
