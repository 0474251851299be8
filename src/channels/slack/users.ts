import { z } from 'zod/v4';
import type { Clock, Log } from '../../domain/ports.ts';
import type { SubjectFields } from '../../domain/subject.ts';
import type { SlackApi } from './client.ts';

/** Whose account an e-mail address is; null: nobody's. */
export type SubjectByEmail = (email: string) => Promise<SubjectFields | null>;

/** Who members of trusted workspaces are. */
export interface SlackUsers {
  /** Who it is, as far as that is known at this moment; what is not known is asked for meanwhile. */
  known(team: string, user: string): SubjectFields | null;
  /** Resolves when nothing is being asked. */
  idle(): Promise<void>;
}

/** What that stands on. */
export interface UserNeeds {
  readonly api: SlackApi;
  readonly trustedTeams: readonly string[];
  readonly subjectByEmail: SubjectByEmail | null;
  readonly clock: Clock;
  readonly log: Log;
}

const keptMs = 600_000;
const mostKept = 5_000;

const profile = z.looseObject({ email: z.email() });
const isNo = z.literal(false).optional();
/** A full member of the workspace with a confirmed address: no guest, no stranger of a shared channel, no bot. */
const member = z.looseObject({
  team_id: z.string(),
  ...{ deleted: isNo, is_bot: isNo, is_restricted: isNo, is_ultra_restricted: isNo, is_stranger: isNo },
  is_email_confirmed: z.literal(true),
  profile,
});

/** Asks Slack who somebody is, ten minutes at the least between two times, and never before an event is answered. */
export function createUsers({ api, trustedTeams, subjectByEmail, clock, log }: UserNeeds): SlackUsers {
  const kept = new Map<string, { readonly subject: SubjectFields | null; readonly until: number }>();
  const asking = new Map<string, Promise<void>>();

  async function ask(key: string, team: string, user: string): Promise<void> {
    try {
      const email = await emailOf(team, user);
      const subject = email === null ? null : ((await subjectByEmail?.(email)) ?? null);
      kept.delete(key);
      kept.set(key, { subject: subject && { ...subject, verifiedBy: 'trusted-email' }, until: clock.now() + keptMs });
      const [oldest] = kept.keys();
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    } catch (error) {
      log.warn({ err: error }, 'Slack did not tell who somebody is');
    } finally {
      asking.delete(key);
    }
  }

  async function emailOf(team: string, user: string): Promise<string | null> {
    const { user: told } = await api((client) => client.users.info({ user }));
    const checked = member.safeParse(told).data;
    return checked?.team_id === team ? checked.profile.email : null;
  }

  return {
    known(team, user) {
      if (!subjectByEmail || !trustedTeams.includes(team)) return null;
      const key = `${team}|${user}`;
      const found = kept.get(key);
      if (found && found.until > clock.now()) return found.subject;
      if (!asking.has(key)) asking.set(key, ask(key, team, user));
      return null;
    },
    async idle() {
      while (asking.size > 0) await Promise.all(asking.values());
    },
  };
}
