import { z } from 'zod';
import { email } from '../../domain/schemas.ts';
import type { EmailOf } from '../channel.ts';
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

/** Asks Slack for the addresses of members of the trusted workspaces. */
export function createEmailOf(api: SlackApi, trustedTeams: readonly string[]): EmailOf {
  return async (user) => {
    const [, team = '', id = ''] = user.split('|');
    if (!trustedTeams.includes(team)) return null;
    const { user: told } = await api((client) => client.users.info({ user: id }));
    const checked = member.safeParse(told).data;
    return checked?.team_id === team ? checked.profile.email : null;
  };
}
