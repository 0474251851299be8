import type { Parse } from '../domain/settings.ts';
import { hasLogin, mayCarrySecrets } from '../domain/web-address.ts';

/** The origin of a desk that is asked with a secret. */
export const deskOrigin: Parse<URL> = (text) => {
  const url = URL.parse(text);
  return url && mayCarrySecrets(url) && !hasLogin(url) ? new URL(url.origin) : null;
};
