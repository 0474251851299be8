import { codeOf } from '../../domain/errors.ts';
import { fail, ok, type Check } from '../../domain/check.ts';
import { createAppToken } from './app-token.ts';
import { clouds } from './endpoints.ts';
import type { TeamsSettings } from './settings.ts';

/** Asks Microsoft for the token with which the bot speaks. */
export function checkTeams(settings: TeamsSettings): Check {
  const endpoints = clouds[settings.cloud];
  return {
    name: 'Teams',
    async run(needs) {
      try {
        await createAppToken(settings, { ...needs, endpoints })({ fresh: true });
        return ok('Microsoft gives the bot its token');
      } catch (error) {
        if (codeOf(error) !== 'channel-unavailable') throw error;
        return fail(
          'Microsoft gives the bot no token',
          `check TEAMS_APP_ID, TEAMS_APP_TENANT and TEAMS_APP_SECRET or certificate, which may have expired (docs/teams.md), and that ${new URL(endpoints.login).host} can be reached`,
        );
      }
    },
  };
}
