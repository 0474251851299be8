import type { SettingsReader } from '../../domain/settings.ts';

/** What every sample of the Bot Framework calls the same. Nothing else is called so. */
export const teamsAliases: Readonly<Record<string, string>> = {
  TEAMS_APP_ID: 'MicrosoftAppId',
  TEAMS_APP_SECRET: 'MicrosoftAppPassword',
  TEAMS_APP_TENANT: 'MicrosoftAppTenantId',
};
/** What samples of newer SDKs call it. Half of the world's other programs have settings of these names, too. */
const newer = ['CLIENT_ID', 'CLIENT_SECRET', 'TENANT_ID'] as const;

/** What to tell whoever set the bot under names that are not read, and under no other; null: nothing. */
export function unreadNames({ isSet }: Pick<SettingsReader, 'isSet'>): string | null {
  const ours = Object.keys(teamsAliases);
  if (ours.some(isSet) || !newer.every(isSet)) return null;
  return `${newer.join(', ')} are set, and not read, for other programs have them too: if they are the bot's, call them ${ours.join(', ')}`;
}
