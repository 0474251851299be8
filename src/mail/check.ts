import { fail, ok, type CheckResult } from '../domain/check.ts';
import { SupportError } from '../domain/errors.ts';
import type { MailServer } from './server-address.ts';
import { withTransport } from './transport.ts';

/** Connects to a mail server and signs in, without a mail. `setting`: where it stands, with the page about it. */
export async function checkMailServer(server: MailServer, setting: string): Promise<CheckResult> {
  const { host, port, login } = server;
  try {
    await withTransport(server, 8_000, (transport) => transport.verify());
    return ok(`the mail server ${host}:${port} ${login ? 'takes the login' : 'answers'}`);
  } catch (error) {
    if (!(error instanceof SupportError)) throw error;
    const what = error.message.replace(/\.$/, '');
    return fail(what, `check host, port, user and password in ${setting}, and smtps:// or smtp://`);
  }
}
