import { SupportError } from '../../domain/errors.ts';
import { fail, ok, type CheckResult } from '../../domain/check.ts';
import { withTransport } from '../../mail/transport.ts';
import type { EmailSettings } from './settings.ts';

/** Connects to the mail server and signs in, without a mail. */
export async function checkEmail(settings: EmailSettings): Promise<CheckResult> {
  const { host, port, login } = settings;
  try {
    await withTransport(settings, 8_000, (transport) => transport.verify());
    return ok(`the mail server ${host}:${port} ${login ? 'takes the login' : 'answers'}`);
  } catch (error) {
    if (!(error instanceof SupportError)) throw error;
    return fail(error.message.replace(/\.$/, ''), 'check host, port, user and password in SMTP_URL (docs/email.md)');
  }
}
