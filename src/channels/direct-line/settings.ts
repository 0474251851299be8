import {
  anyText,
  group,
  mapped,
  optional,
  required,
  shaped,
  type Setting,
  type SettingsReader,
} from '../../domain/settings.ts';
import { plainAddress } from '../../mail/plain-address.ts';
import { mailServer, serverShape, type MailServer } from '../../mail/server-address.ts';

/** How a person's answer goes to a customer who left: by which server, from whom, and after how long unread. */
export interface ReplyMailSettings extends MailServer {
  readonly from: string;
  readonly afterMinutes: number;
}

const whole = group({
  server: required('REPLY_SMTP_URL', serverShape, mailServer),
  from: required('REPLY_FROM', 'the one address that answers to customers come from', plainAddress),
  afterMinutes: optional('REPLY_AFTER_MINUTES', 'a number of minutes from 1 to 10080, such as 10', (text) => {
    const number = Number(text);
    return Number.isInteger(number) && number >= 1 && number <= 10_080 ? number : null;
  }),
});

/** E-mail to customers who left, as the settings have it. */
export const replyMailSettings: Setting<ReplyMailSettings> = mapped(whole, ({ server, from, afterMinutes }) => ({
  ...server,
  from,
  afterMinutes: afterMinutes ?? 10,
}));

/** A live-agent hub that may take over: the key that it shows, null: none does; and what whoever answers there is called. */
export interface HandOffSettings {
  readonly key: string | null;
  readonly name: string;
}

/** What holds where nothing is set. */
export const noHub: HandOffSettings = { key: null, name: 'Support' };
const secret = 'a secret of 32 to 512 characters';

const hub: Setting<HandOffSettings> = mapped(
  group(
    {
      key: optional('HANDOFF_KEY', secret, shaped(/^[\x21-\x7e]{32,512}$/)),
      name: optional('HANDOFF_NAME', 'a name, such as Northwind Support', anyText),
    },
    ({ key, name }, settings) => {
      if (name && key === null && !settings.isSet('TEAMS_HUB_APP_ID')) settings.complain('HANDOFF_KEY', secret);
    },
  ),
  ({ key, name }) => ({ key, name: name ?? noHub.name }),
);

/** The hub, as the settings have it. */
export function readHandOff(settings: SettingsReader): HandOffSettings {
  return hub.read(settings) ?? noHub;
}
