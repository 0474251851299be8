import type { Addresses } from '../domain/channels.ts';
import { codeOf, SupportError } from '../domain/errors.ts';
import type { Clock, Conversations, LoadedConversation, Log, StoredInbound, SubjectByEmail } from '../domain/ports.ts';
import type { SubjectFields } from '../domain/subject.ts';
import { createExpiringCache } from '../http/expiring-cache.ts';
import type { Channel } from './channel.ts';
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
 * Makes known, before a turn, whose account the author of its activity is by the address that a trusted channel confirms. Who
 * is matched no longer is nobody again; where that cannot be found out in time, all stays as it is.
 */
export type IdentifyMember = (
  conversationId: string,
  activity: Pick<StoredInbound, 'type' | 'author'>,
) => Promise<void>;

type Found = SubjectFields | null;

const keptMs = 600_000;
const mostKept = 5_000;

/** Matches people of push channels with accounts by e-mail, only where nothing else proved whose account it is. */
export function createMemberIdentifier(needs: MemberIdentifierNeeds): IdentifyMember {
  const { conversations, addresses, subjectByEmail, clock, log, deadlineMs = 2_500 } = needs;
  const emailsOf = new Map(needs.channels.map(({ client, emailOf }) => [client.channel as string, emailOf]));
  const kept = createExpiringCache<{ readonly found: Found }>({ max: mostKept, ttlMs: keptMs, clock });
  const asking = new Map<string, Promise<Found>>();

  async function ask(user: string, { id, channel }: LoadedConversation): Promise<Found> {
    const to = (await addresses.find(id))?.to;
    const email = to && (await emailsOf.get(channel)?.(user, to));
    return email && subjectByEmail ? subjectByEmail(email) : null;
  }

  /** What was found a moment ago, or is found now; never asked for twice at once. */
  async function find(user: string, conversation: LoadedConversation): Promise<Found> {
    const recent = kept.get(user);
    if (recent) return recent.found;
    const running = asking.get(user) ?? askAndKeep(user, conversation).finally(() => asking.delete(user));
    asking.set(user, running);
    return running;
  }

  async function askAndKeep(user: string, conversation: LoadedConversation): Promise<Found> {
    const found = await ask(user, conversation);
    kept.set(user, { found });
    return found;
  }

  return async (id, activity) => {
    const user = isPushed(id) && activity.type === 'message' ? activity.author : null;
    const conversation = user === null ? null : await conversations.load(id);
    if (user === null || !conversation || !mayBeMatched(conversation)) return;
    let found: Found;
    try {
      found = await within(deadlineMs, find(user, conversation));
    } catch (error) {
      log.warn({ channel: conversation.channel, code: codeOf(error), err: error }, 'nobody could say who a member is');
      return;
    }
    await conversations.identify(id, found);
  };
}

function mayBeMatched({ shared, subject }: LoadedConversation): boolean {
  return !shared && (subject === null || subject.verifiedBy === 'trusted-email');
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
