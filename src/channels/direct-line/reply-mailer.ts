import { codeOf } from '../../domain/errors.ts';
import type { Clock, Log, MailDue, OneTime, Random, Reading } from '../../domain/ports.ts';
import { backoffMs } from '../../http/backoff.ts';
import { withTransport } from '../../mail/transport.ts';
import { recipientOf, replyMail, type SayInMail } from './reply-mail.ts';
import type { ReplyMailSettings } from './settings.ts';

/** What a secret in a mail is for: it opens one conversation, once. */
export const mailLink = 'mail-link';

/** What mailing needs. */
export interface ReplyMailerNeeds {
  readonly settings: ReplyMailSettings;
  readonly reading: Pick<Reading, 'claimMails' | 'mailed' | 'mailAgainAt'>;
  readonly oneTime: Pick<OneTime, 'add'>;
  /** Where customers reach this server. */
  readonly url: string;
  readonly say: SayInMail;
  /** What the help is called now. */
  readonly title: () => string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Mails what people answered to customers who did not read it. */
export interface ReplyMailer {
  /** Sends what is due. Does nothing while that is under way. */
  run(): Promise<void>;
  /** Resolves when nothing is being sent. */
  idle(): Promise<void>;
}

const deadlineMs = 15_000;
/** Longer than a mail takes. */
const leaseMs = 60_000;
const atOnce = 10;
const minuteMs = 60_000;
const linkMs = 3 * 86_400_000;
/** What a server refuses is tried again, for a password may be wrong for a while; so often. */
const mostRefusals = 10;

/** One mail for all that waits in a conversation; it is tried again for as long as it is unread. */
export function createReplyMailer(needs: ReplyMailerNeeds): ReplyMailer {
  const { settings, reading, clock, log } = needs;
  let running: Promise<void> | null = null;

  async function bring(due: MailDue): Promise<void> {
    try {
      await send(needs, due);
    } catch (error) {
      await failed(due, error);
      return;
    }
    await reading.mailed(due, clock.now());
  }

  async function failed(due: MailDue, error: unknown): Promise<void> {
    const fields = { conversation: due.conversationId, attempts: due.attempts, code: codeOf(error), err: error };
    if (codeOf(error) === 'channel-refused' && due.attempts >= mostRefusals) {
      log.error({ alarm: 'mail-refused', ...fields }, 'the mail server refused an answer: it is not mailed');
      await reading.mailed(due, clock.now());
      return;
    }
    log.warn(fields, 'an answer was not mailed yet');
    await reading.mailAgainAt(due, clock.now() + backoffMs(due.attempts, needs.random));
  }

  async function all(): Promise<void> {
    const now = clock.now();
    const unreadSince = now - settings.afterMinutes * minuteMs;
    const due = await reading.claimMails(now, { unreadSince, leaseUntil: now + leaseMs, limit: atOnce });
    await Promise.all(due.map(bring));
  }

  return {
    run: () =>
      (running ??= all()
        .catch((error: unknown) => {
          // The store tells of that by itself.
          if (codeOf(error) !== 'store-unavailable') log.error({ err: error }, 'answers are not mailed now');
        })
        .finally(() => (running = null))),
    async idle() {
      await running;
    },
  };
}

async function send(needs: ReplyMailerNeeds, due: MailDue): Promise<void> {
  const { settings, oneTime, url, say, title, clock, random } = needs;
  const recipient = recipientOf(due);
  if (!recipient || due.replies.length === 0) return;
  const secret = random.id(43);
  const opens = recipient.isTyped ? `${due.conversationId} ${recipient.address}` : due.conversationId;
  await oneTime.add(secret, { purpose: mailLink, opens, until: clock.now() + linkMs });
  const mail = replyMail(due, recipient, {
    say,
    from: settings.from,
    title: title(),
    link: `${url}/widget/#back=${secret}`,
  });
  await withTransport(settings, deadlineMs, (transport) => transport.sendMail(mail), 'channel');
}
