import type { StoredReply } from '../../domain/ports.ts';
import { readStatus, type HubTalks } from '../hand-off.ts';
import { conversationIdOf } from '../inbound.ts';
import type { Wire } from '../wire.ts';
import { tenantOf, type TeamsActivity } from './activity.ts';
import { createAppToken, type AppToken } from './app-token.ts';
import { tokenOf, type AuthenticateActivity } from './authenticate-activity.ts';
import { isTrusted } from './endpoints.ts';
import { placeOf } from './events.ts';
import type { TeamsHub, TeamsSettings } from './settings.ts';
import { createTenantVerifier, type TenantTokenNeeds } from './tenant-token.ts';
import { refusal } from './verify-token.ts';

/** A live-agent hub whose bot stands between Teams and us, as a bot of the Bot Framework does whose skill we are. */
export interface HubBot {
  /** Whether this is where it takes our answers. */
  isAt(service: string): boolean;
  /** Proves that it passed an activity on, or made it; null: it did. Who wrote what it passes on is taken from it. */
  readonly authenticate: AuthenticateActivity;
  /** With which we answer it. */
  readonly token: AppToken;
  /** The hand-off that follows a reply; null: none does. */
  eventBehind(conversationId: string, stored: StoredReply): Promise<Wire | null>;
  /** Takes the status of a hand-off; false: the activity is something else. Throws as `HubTalks` does. */
  takeStatus(activity: TeamsActivity): Promise<boolean>;
}

interface HubNeeds extends TenantTokenNeeds {
  readonly hubTalks: HubTalks;
}

/** The hub's bot is proved by the token that its app gets for ours in our own tenant. */
export function createHubBot(hub: TeamsHub, settings: TeamsSettings, needs: HubNeeds): HubBot {
  const { appId, tenant, tenants } = settings;
  const { hubTalks } = needs;
  const verify = createTenantVerifier(tenant, needs);
  const services = new Set([hub.origin]);
  const endpoints = { ...needs.endpoints, scope: `${hub.appId}/.default` };

  return {
    isAt: (service) => isTrusted(service, { services }),
    async authenticate(authorization, activity) {
      const token = tokenOf(authorization);
      if (typeof token !== 'string') return token;
      const read = await verify(token, appId);
      if ('why' in read) return read;
      const { azp, appid = azp, scp } = read.claims;
      // With `scp` it is somebody's who signed in to that app, and not the app's own.
      if (appid !== hub.appId || scp !== undefined) return refusal(403, 'hub-unproved');
      if (activity.channelId !== 'msteams') return refusal(403, 'channel-wrong');
      return tenants.includes(tenantOf(activity) ?? '') ? null : refusal(403, 'tenant-refused');
    },
    token: createAppToken(settings, { ...needs, endpoints }),
    async eventBehind(conversationId, stored) {
      const event = await hubTalks.eventBehind(conversationId, stored);
      return event && { ...event, channelId: 'msteams' };
    },
    async takeStatus(activity) {
      const status = readStatus(activity);
      if (!status) return false;
      await hubTalks.take(conversationIdOf('teams', placeOf(activity)), status);
      return true;
    },
  };
}
