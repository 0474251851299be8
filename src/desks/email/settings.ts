import { group, mapped, required, type Setting } from '../../domain/settings.ts';
import { plainAddress } from '../../mail/plain-address.ts';
import { mailServer, serverShape, type MailServer } from '../../mail/server-address.ts';

/** The mail server that takes our messages, from whom they are, and whom they go to. */
export interface EmailSettings extends MailServer {
  readonly from: string;
  readonly to: string;
}

const whole = group({
  server: required('SMTP_URL', serverShape, mailServer),
  from: required('EMAIL_FROM', 'the one address that tickets come from', plainAddress),
  to: required('EMAIL_TO', 'the one address that tickets go to', plainAddress),
});

/** E-mail, as the settings have it. */
export const emailSettings: Setting<EmailSettings> = mapped(whole, ({ server, ...ends }) => ({ ...server, ...ends }));
