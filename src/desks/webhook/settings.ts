import { createSecretKey, type KeyObject } from 'node:crypto';
import { group, required, type Parse, type Setting } from '../../domain/settings.ts';
import { hasLogin, httpUrl } from '../../domain/web-address.ts';

/** Where the webhook desk posts, and what it signs with. */
export interface WebhookSettings {
  readonly url: URL;
  readonly key: KeyObject;
}

/** The address of a webhook, without a user and password, which `fetch` refuses. */
export const webhookUrl: Parse<URL> = (text) => {
  const url = httpUrl(text);
  return url && !hasLogin(url) ? url : null;
};

/** The key of a secret written as `whsec_` and the base64 of 24 to 64 bytes. */
export const webhookKey: Parse<KeyObject> = (text) => {
  const [, base64 = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  const isWhole = bytes.toString('base64').replaceAll('=', '') === base64.replaceAll('=', '');
  return isWhole && bytes.length >= 24 && bytes.length <= 64 ? createSecretKey(bytes) : null;
};

/** The webhook, as the settings have it. */
export const webhookSettings: Setting<WebhookSettings> = group({
  url: required('WEBHOOK_URL', 'an address such as https://desk.example.com/tickets', webhookUrl),
  key: required('WEBHOOK_SECRET', '"whsec_" and the base64 of 24 to 64 random bytes', webhookKey),
});
