import { anyText, group, optional, required, type Setting } from '../../domain/settings.ts';
import { deskOrigin } from '../desk-origin.ts';
import { plainAddress } from '../../mail/plain-address.ts';

/** How Zendesk is reached; `webhookSecret` null: its agents cannot answer in the chat. */
export interface ZendeskSettings {
  /** Its origin, such as `https://acme.zendesk.com`. */
  readonly url: URL;
  /** The agent that the API token belongs to. */
  readonly email: string;
  readonly token: string;
  readonly webhookSecret: string | null;
}

/** Zendesk, as the settings have it. */
export const zendeskSettings: Setting<ZendeskSettings> = group({
  url: required('ZENDESK_URL', 'the address such as https://acme.zendesk.com', deskOrigin),
  email: required('ZENDESK_EMAIL', 'the e-mail address of the agent whose API token it is', plainAddress),
  token: required('ZENDESK_TOKEN', 'an API token of your Zendesk', anyText),
  webhookSecret: optional('ZENDESK_WEBHOOK_SECRET', 'the signing secret of your webhook there', anyText),
});
