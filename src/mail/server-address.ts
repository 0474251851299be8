import type { Parse } from '../domain/settings.ts';

/** A mail server that takes our messages. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise by STARTTLS. */
  readonly secure: boolean;
  /** Null: the server asks for none. */
  readonly login: { readonly user: string; readonly pass: string } | null;
}

/** What the setting of one should be. */
export const serverShape = 'smtp(s)://user:password@host:port, both URL-encoded';

/** A mail server by its address. */
export const mailServer: Parse<MailServer> = (text) => {
  const url = URL.parse(text);
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '') return null;
  const secure = url.protocol === 'smtps:';
  const [user, pass] = [decoded(url.username), decoded(url.password)];
  if (user === null || pass === null || (user === '') !== (pass === '')) return null;
  const host = url.hostname.replaceAll(/[[\]]/g, '');
  return { host, port: Number(url.port) || (secure ? 465 : 587), secure, login: user === '' ? null : { user, pass } };
};

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
