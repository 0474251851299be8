import type { Transporter } from 'nodemailer';
import { SupportError } from '../domain/errors.ts';
import { isLoopback } from '../domain/web-address.ts';
import type { MailServer } from './server-address.ts';

/** Who sends: whose errors are thrown, as `Desk` or `ChannelClient` says. */
export type MailSender = 'desk' | 'channel';

/** Does something with a mail server, within a deadline. Throws as its sender does. */
export async function withTransport(
  server: MailServer,
  deadlineMs: number,
  use: (transport: Transporter) => Promise<unknown>,
  sender: MailSender = 'desk',
): Promise<void> {
  // Loaded for the first mail: it takes a tenth of a second.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport(optionsOf(server, deadlineMs));
  try {
    await withDeadline(use(transport), deadlineMs);
  } catch (error) {
    throw failureOf(error, server, sender);
  } finally {
    transport.close();
  }
}

function optionsOf({ host, port, secure, login }: MailServer, deadlineMs: number) {
  const timeouts = { dnsTimeout: deadlineMs, connectionTimeout: deadlineMs, greetingTimeout: deadlineMs };
  return {
    ...{ host, port, secure, ...timeouts, socketTimeout: deadlineMs },
    ...{ disableFileAccess: true, disableUrlAccess: true },
    // A password goes to no other machine in the clear.
    requireTLS: login !== null && !secure && !isLoopback(host),
    ...(login && { auth: { user: login.user, pass: login.pass } }),
  };
}

async function withDeadline<T>(sent: Promise<T>, deadlineMs: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject({ code: 'ETIMEDOUT' }), deadlineMs);
  try {
    return await Promise.race([sent, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What the server said besides its status is left out: it may repeat the message. */
function failureOf(error: unknown, { host, port }: MailServer, sender: MailSender): SupportError {
  const { code = '', responseCode } = error as { code?: string; responseCode?: number };
  if (responseCode === undefined)
    return new SupportError(`${sender}-unavailable`, {
      detail: `The mail server ${host}:${port} could not be used: ${systemsWord(error) ?? code}.`,
    });
  const detail = `The mail server ${host}:${port} answered ${responseCode}.`;
  return new SupportError(`${sender}-${responseCode >= 500 ? 'refused' : 'unavailable'}`, { detail });
}

/** Such as ECONNREFUSED, which tells more than nodemailer’s own ESOCKET; null: the system said nothing. */
function systemsWord(error: unknown): string | null {
  const found = /\b(?:connect|getaddrinfo) (E[A-Z_]+)\b/.exec(error instanceof Error ? error.message : '');
  return found?.[1] ?? null;
}
