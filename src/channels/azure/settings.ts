import type { TeamsSettings } from '../teams/settings.ts';

/** Azure Direct Line, from which the widget gets its tokens. */
export interface AzureSettings {
  /** Opens every conversation of the bot there: it stays here. */
  readonly secret: string;
}

type Text = (name: string) => string;
type Must = (name: string, shouldBe: string) => null;

/** Azure Direct Line, as the settings have it; null: not set. Without the bot's registration it is noted. */
export function readAzure(text: Text, must: Must, teams: TeamsSettings | null): AzureSettings | null {
  const secret = text('DIRECT_LINE_SECRET');
  if (secret === '') return null;
  if (!/^[\x21-\x7e]{16,512}$/.test(secret))
    return must('DIRECT_LINE_SECRET', 'one of the two secret keys of the Direct Line channel of your Azure bot');
  const together = 'set together with the bot’s TEAMS_APP_ID, TEAMS_APP_SECRET and TEAMS_APP_TENANT';
  return teams ? { secret } : must('DIRECT_LINE_SECRET', together);
}
