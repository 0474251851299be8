import type { ClientFacts } from '../domain/activity.ts';
import type { Addresses } from '../domain/channels.ts';
import { codeOf, SupportError } from '../domain/errors.ts';
import type { Clock, Conversations, LoadedConversation, Log, StoredInbound, SubjectByEmail } from '../domain/ports.ts';
import type { SubjectFields } from '../domain/subject.ts';
import { createExpiringCache } from '../http/expiring-cache.ts';
import type { Channel, Profile } from './channel.ts';
import { isPushed } from './inbound.ts';

/** What members are known with. */
export interface MemberIdentifierNeeds {
  readonly conversations: Pick<Conversations, 'load' | 'identify'>;
  readonly addresses: Pick<Addresses, 'find'>;
  readonly channels: readonly Channel[];
  /** Null: no account API is connected. */
  readonly subjectByEmail: SubjectByEmail | null;
  readonly clock: Clock;
  readonly log: Log;
  /** For all of it, in milliseconds; another one for tests. */
  readonly deadlineMs?: number;
}

/**
 * Tells, before a turn, what a channel knows of the author of its activity, and makes known whose account theirs is by the
 * address that a trusted channel confirms. Who is matched no longer is nobody again; where that cannot be found out in time, all
 * stays as it is.
 */
export type IdentifyMember = (
  conversationId: string,
  activity: Pick<StoredInbound, 'type' | 'author'>,
) => Promise<ClientFacts>;

interface Found {
  /** Null: of nobody, or not asked for. */
  readonly subject: SubjectFields | null;
  readonly told: ClientFacts;
}

const keptMs = 600_000;
const mostKept = 5_000;
const unknown: Profile = { email: null };

/** Matches people of push channels with accounts by e-mail, only where nothing else proved whose account it is. */
export function createMemberIdentifier(needs: MemberIdentifierNeeds): IdentifyMember {
  const { conversations, addresses, subjectByEmail, clock, log, deadlineMs = 2_500 } = needs;
  const profilesOf = new Map(needs.channels.map(({ client, profileOf }) => [client.channel as string, profileOf]));
  const kept = createExpiringCache<Found>({ max: mostKept, ttlMs: keptMs, clock });
  const asking = new Map<string, Promise<Found>>();

  async function ask(user: string, conversation: LoadedConversation): Promise<Found> {
    const to = (await addresses.find(conversation.id))?.to;
    const { email, ...told } = (to && (await profilesOf.get(conversation.channel)?.(user, to))) ?? unknown;
    const isAsked = email !== null && mayBeMatched(conversation);
    return { subject: isAsked && subjectByEmail ? await subjectByEmail(email) : null, told };
  }

  /** What was found a moment ago, or is found now; never asked for twice at once. */
  async function find(user: string, conversation: LoadedConversation): Promise<Found> {
    const key = `${mayBeMatched(conversation)} ${user}`;
    const recent = kept.get(key);
    if (recent) return recent;
    const running = asking.get(key) ?? askAndKeep(key, user, conversation).finally(() => asking.delete(key));
    asking.set(key, running);
    return running;
  }

  async function askAndKeep(key: string, user: string, conversation: LoadedConversation): Promise<Found> {
    const found = await ask(user, conversation);
    kept.set(key, found);
    return found;
  }

  return async (id, { type, author: user }) => {
    const conversation = user !== null && isPushed(id) ? await conversations.load(id) : null;
    if (user === null || !conversation || conversation.shared) return {};
    let found: Found;
    try {
      found = await within(deadlineMs, find(user, conversation));
    } catch (error) {
      log.warn({ channel: conversation.channel, code: codeOf(error), err: error }, 'nobody could say who a member is');
      return {};
    }
    if (type === 'message' && mayBeMatched(conversation)) await conversations.identify(id, found.subject);
    return found.told;
  };
}

function mayBeMatched({ subject }: LoadedConversation): boolean {
  return subject === null || subject.verifiedBy === 'trusted-email';
}

/** Throws `account-unreachable` when it takes longer; it then goes on by itself. */
async function within<T>(ms: number, asked: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new SupportError('account-unreachable', { detail: `No answer within ${ms} ms.` });
    timer = setTimeout(() => reject(error), ms);
  });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
