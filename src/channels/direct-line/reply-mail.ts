import type { SendMailOptions } from 'nodemailer';
import { escapeHtml } from '../../domain/escape-html.ts';
import type { StoredReply } from '../../domain/activity.ts';
import type { MailDue } from '../../domain/ports.ts';
import { mailHtml } from '../../mail/mail-html.ts';
import { plainAddress } from '../../mail/plain-address.ts';
import { plainTextOf } from '../../markdown/plain-text.ts';
import { readMarkdown } from '../../markdown/read-markdown.ts';

/** The lines of mails, with the facts that they tell. */
export type SayInMail = (
  line: `mail-${'subject' | 'hello' | 'hello-nobody' | 'intro' | 'open' | 'once' | 'why' | 'typed-subject' | 'typed'}`,
  facts?: Readonly<Record<string, string>>,
) => string;

/** Whom a mail goes to; `isTyped`: nobody proved that it is theirs, so that it tells nothing. */
export interface Recipient {
  readonly name: string;
  readonly address: string;
  readonly isTyped: boolean;
}

/** Whom this may be mailed to; null: nobody, or it was told to an address that its owner did not confirm. */
export function recipientOf({ subject, confirmedEmail, typedContact, isFirst }: MailDue): Recipient | null {
  // What a signed identity says is the company's word; of others we know no more than that somebody typed it.
  const verified = subject?.verifiedBy === 'signed-identity' ? plainAddress(subject.email?.trim() ?? '') : null;
  const address = verified ?? confirmedEmail;
  if (address !== null) return { name: subject?.name ?? '', address, isTyped: false };
  const typed = subject === null && isFirst ? plainAddress(typedContact?.trim() ?? '') : null;
  return typed === null ? null : { name: '', address: typed, isTyped: true };
}

/** What a mail is made from, besides what is due. */
export interface MailParts {
  readonly say: SayInMail;
  readonly from: string;
  /** What the help is called. */
  readonly title: string;
  /** Opens the conversation. */
  readonly link: string;
}

/** One mail for all that waits; the same due mail has the same Message-ID. */
export function replyMail(due: MailDue, { name, address, isTyped }: Recipient, parts: MailParts): SendMailOptions {
  const { say, from, title, link } = parts;
  const person = due.replies.map(nameOf).at(-1) ?? '';
  const hello = name === '' ? say('mail-hello-nobody') : say('mail-hello', { name });
  const said = isTyped ? [] : due.replies.map((reply) => ({ name: nameOf(reply), blocks: blocksOf(reply) }));
  const intro = isTyped ? say('mail-typed') : say('mail-intro', { person });
  const [open, small] = [say('mail-open'), [say('mail-once'), ...(isTyped ? [] : [say('mail-why')])]];
  const words = said.flatMap((one) => [`${one.name}:`, ...one.blocks]);
  const paragraph = (text: string) => `<p>${escapeHtml(text)}</p>`;
  const quotes = said.map(
    (one) => `${paragraph(`${one.name}:`)}<blockquote>${one.blocks.map(paragraph).join('')}</blockquote>`,
  );
  const button = `<p><a href="${escapeHtml(link)}">${escapeHtml(open)}</a></p>`;
  const html = [paragraph(hello), paragraph(intro), ...quotes, button, ...small.map(paragraph)].join('\n');
  return {
    from: { name: title, address: from },
    to: { name, address },
    messageId: `<${due.conversationId}.${due.toSeq}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    subject: isTyped ? say('mail-typed-subject') : say('mail-subject', { person }),
    text: `${[hello, intro, ...words, `${open}:\n${link}`, ...small].join('\n\n')}\n`,
    html: mailHtml(title, html),
  };
}

function nameOf({ reply }: StoredReply): string {
  return reply.kind === 'person' ? reply.name : '';
}

function blocksOf({ reply }: StoredReply): string[] {
  return readMarkdown(reply.text).map((block) => plainTextOf([block]));
}
