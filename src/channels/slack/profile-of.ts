import { z } from 'zod';
import { email, locale, zone } from '../../domain/schemas.ts';
import type { Profile, ProfileOf } from '../channel.ts';
import type { SlackApi } from './api.ts';

const isNo = z.literal(false).optional();
/** A full member of the workspace with a confirmed address: no guest, no stranger of a shared channel, no bot. */
const member = z.looseObject({
  team_id: z.string(),
  deleted: isNo,
  is_bot: isNo,
  is_restricted: isNo,
  is_ultra_restricted: isNo,
  is_stranger: isNo,
  is_email_confirmed: z.literal(true),
  profile: z.looseObject({ email }),
});

/** What is told of anybody who writes. */
const person = z.object({ locale, tz: zone });

/** Asks Slack for the zones and languages of people, and for the addresses of members of the trusted workspaces. */
export function createProfileOf(api: SlackApi, trustedTeams: readonly string[]): ProfileOf {
  return async (user) => {
    const [, team = '', id = ''] = user.split('|');
    const isTrusted = trustedTeams.includes(team);
    try {
      const { user: told } = await api((client) => client.users.info({ user: id, include_locale: true }));
      return profileIn(told, isTrusted ? team : null);
    } catch (error) {
      if (isTrusted) throw error;
      // Of others nothing is needed, and the app may not be allowed to ask.
      return { email: null };
    }
  };
}

function profileIn(told: unknown, trustedTeam: string | null): Profile {
  const checked = member.safeParse(told).data;
  const { tz, locale } = person.safeParse(told).data ?? {};
  return { email: checked?.team_id === trustedTeam ? checked.profile.email : null, zone: tz, locale };
}
