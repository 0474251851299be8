import { anyText, group, mapped, optional, required, shaped, type Setting } from '../../domain/settings.ts';
import { deskOrigin } from '../desk-origin.ts';
import { plainAddress } from '../../mail/plain-address.ts';

/** How Freshdesk is reached. */
export interface FreshdeskSettings {
  /** Its origin, such as `https://acme.freshdesk.com`. */
  readonly url: URL;
  readonly key: string;
  /** The operator’s own address, which stands for customers whose identity was not proved. */
  readonly requester: string;
  /** The custom field that holds our number, such as `cf_latchkey`. */
  readonly field: string;
}

const whole = group({
  url: required('FRESHDESK_URL', 'the address such as https://acme.freshdesk.com', deskOrigin),
  key: required('FRESHDESK_KEY', 'the API key of an agent', anyText),
  requester: required(
    'FRESHDESK_REQUESTER',
    'an address of your own, which stands for customers whose identity was not proved',
    plainAddress,
  ),
  field: optional('FRESHDESK_FIELD', 'the API name of a text field, such as cf_latchkey', shaped(/^cf_[a-z0-9_]+$/i)),
});

/** Freshdesk, as the settings have it. */
export const freshdeskSettings: Setting<FreshdeskSettings> = mapped(whole, (set) => ({
  ...set,
  field: set.field ?? 'cf_latchkey',
}));
