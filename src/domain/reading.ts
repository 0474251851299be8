import type { StoredActivity, StoredReply } from './activity.ts';
import type { Instant } from './instant.ts';
import type { PersonKey } from './privacy.ts';
import type { SubjectFields } from './subject.ts';

/** A conversation as one line of those that somebody had. */
export interface Talk {
  readonly id: string;
  readonly openedAt: Instant;
  /** When the last thing happened in it. */
  readonly activeAt: Instant;
  /** What was said last; null: nothing was. */
  readonly last: StoredActivity | null;
  /** How many messages of ours were not shown to the customer; counting stops at 100. */
  readonly unread: number;
  /** The last activity that was shown to the customer. */
  readonly seenSeq: number;
  /** Who answered last of our people; null: none did. */
  readonly person: string | null;
  /** The ticket that was opened last; null: there is none. */
  readonly ticket: string | null;
  /** Whether that ticket is not closed. */
  readonly isWaiting: boolean;
}

/** How far a customer read, and until when they are taken to be there; null: they never were. */
export interface Read {
  readonly seenSeq: number;
  readonly hereUntil: Instant | null;
}

/** What of a conversation is to go by e-mail now, leased to whoever asked. */
export interface MailDue {
  readonly conversationId: string;
  /** As claimed: whoever lost the lease meanwhile changes nothing. */
  readonly attempts: number;
  /** The last activity that this mail tells of; a mail that comes again is of the same. */
  readonly toSeq: number;
  /** What the customer's people said and nobody read; none where all was read meanwhile. */
  readonly replies: readonly StoredReply[];
  readonly subject: SubjectFields | null;
  /** What was typed, and confirmed by its owner; null: nothing. */
  readonly confirmedEmail: string | null;
  /** How to reach somebody who is not verified, as they typed it in the newest ticket; null: not told. */
  readonly typedContact: string | null;
  /** Nothing of this conversation was mailed before. */
  readonly isFirst: boolean;
}

/** Which mails are wanted. */
export interface MailsWanted {
  readonly unreadSince: Instant;
  readonly leaseUntil: Instant;
  readonly limit: number;
}

/** Who reads which conversation on the company's site, and how far. */
export interface Reading {
  /** From now on it is this person's, null: nobody's. Once for each conversation. */
  begin(id: string, subject: SubjectFields | null): Promise<void>;
  /** How many messages of ours were not shown to a person, in all of their conversations but this one; counting stops at 100. */
  unreadOf(person: PersonKey, except?: string | null): Promise<number>;
  /**
   * A page of a person's conversations, the one in which something was said last first. `before`: `<activeAt>.<id>` of the last one
   * of the page before. Throws `message-invalid` where that is none.
   */
  talksOf(person: PersonKey, limit: number, before?: string): Promise<readonly Talk[]>;
  /** Whose it is; null: nobody's, or there is no such conversation. */
  personOf(id: string): Promise<PersonKey | null>;
  /** Null: there is no such conversation. */
  find(id: string): Promise<Read | null>;
  /** Everything up to `seq` was shown to the customer; what was seen before stays seen. */
  seen(id: string, seq: number): Promise<void>;
  /** The customers of these conversations are there, until then. */
  here(ids: readonly string[], until: Instant): Promise<void>;
  /** What a person said that nobody read since `unreadSince`: the mail of each is the caller's until `leaseUntil`. */
  claimMails(now: Instant, which: MailsWanted): Promise<readonly MailDue[]>;
  /** It was sent, or needs no sending; what was said meanwhile waits from `at` on. */
  mailed(mail: Pick<MailDue, 'conversationId' | 'attempts' | 'toSeq'>, at: Instant): Promise<void>;
  /** It was not sent: the next attempt is at `at`. */
  mailAgainAt(mail: Pick<MailDue, 'conversationId' | 'attempts'>, at: Instant): Promise<void>;
  /** The owner of an address confirmed that a conversation is theirs. */
  confirmEmail(id: string, email: string): Promise<void>;
}
