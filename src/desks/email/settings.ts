import { group, mapped, required, type Setting } from '../../domain/settings.ts';
import { plainAddress } from '../verified-person.ts';

/** The mail server that takes our messages, from whom they are, and whom they go to. */
export interface EmailSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise by STARTTLS. */
  readonly secure: boolean;
  /** Null: the server asks for none. */
  readonly login: { readonly user: string; readonly pass: string } | null;
  readonly from: string;
  readonly to: string;
}

const whole = group({
  server: required('SMTP_URL', 'smtp(s)://user:password@host:port, both URL-encoded', serverOf),
  from: required('EMAIL_FROM', 'the one address that tickets come from', plainAddress),
  to: required('EMAIL_TO', 'the one address that tickets go to', plainAddress),
});

/** E-mail, as the settings have it. */
export const emailSettings: Setting<EmailSettings> = mapped(whole, ({ server, ...ends }) => ({ ...server, ...ends }));

function serverOf(text: string) {
  const url = URL.parse(text);
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '') return null;
  const secure = url.protocol === 'smtps:';
  const [user, pass] = [decoded(url.username), decoded(url.password)];
  if (user === null || pass === null || (user === '') !== (pass === '')) return null;
  const host = url.hostname.replaceAll(/[[\]]/g, '');
  return { host, port: Number(url.port) || (secure ? 465 : 587), secure, login: user === '' ? null : { user, pass } };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
