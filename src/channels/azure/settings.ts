import { firstSet, group, required, shaped, type Setting } from '../../domain/settings.ts';
import { registration } from '../teams/settings.ts';

/** Azure Direct Line, from which the widget gets its tokens. */
export interface AzureSettings {
  /** Opens every conversation of the bot there: it stays here. */
  readonly secret: string;
}

/** Azure Direct Line, as the settings have it. It posts to the bot that is registered for Teams. */
export const azureSettings: Setting<AzureSettings> = group(
  {
    secret: required(
      'DIRECT_LINE_SECRET',
      'one of the two secret keys of the Direct Line channel of your Azure bot',
      shaped(/^[\x21-\x7e]{16,512}$/),
    ),
  },
  (_, settings) => {
    if (!registration.every((one) => firstSet(one, settings)))
      settings.complain(
        'DIRECT_LINE_SECRET',
        'set together with the bot’s TEAMS_APP_ID, TEAMS_APP_SECRET and TEAMS_APP_TENANT',
      );
    if (settings.isSet('TEAMS_CLOUD') && settings.text('TEAMS_CLOUD') !== 'public')
      settings.complain('DIRECT_LINE_SECRET', 'set in Microsoft’s public cloud alone, not beside TEAMS_CLOUD');
  },
);
