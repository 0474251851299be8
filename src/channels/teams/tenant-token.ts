import type { ChannelNeeds } from '../channel.ts';
import type { TeamsEndpoints } from './endpoints.ts';
import { createSigningKeys } from './keys.ts';
import { createTokenVerifier, type VerifyToken } from './verify-token.ts';

/** What tokens of a tenant are verified with. */
export interface TenantTokenNeeds extends Pick<ChannelNeeds, 'fetch' | 'clock' | 'log'> {
  readonly endpoints: Pick<TeamsEndpoints, 'login'>;
}

/** Verifies a token that Entra made in one tenant, of either version, for one of these audiences. */
export type VerifyTenantToken = (token: string, audience: string | string[]) => ReturnType<VerifyToken>;

/** With that tenant's keys. */
export function createTenantVerifier(tenant: string, needs: TenantTokenNeeds): VerifyTenantToken {
  const base = `${needs.endpoints.login}/${tenant}/v2.0`;
  const keys = createSigningKeys({ ...needs, metadata: `${base}/.well-known/openid-configuration` });
  const verify = createTokenVerifier({ keys, clock: needs.clock });
  const issuer = [base, `https://sts.windows.net/${tenant}/`];
  return (token, audience) => verify(token, { issuer, audience });
}
