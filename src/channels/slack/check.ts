import { SupportError } from '../../domain/errors.ts';
import { fail, ok, type Check } from '../../domain/check.ts';
import { createApi } from './api.ts';
import type { SlackSettings } from './settings.ts';

/**
 * Asks Slack whose the bot token is (`auth.test`), and for a socket, which is not opened. Whether the signing secret is right
 * only a post of Slack's tells.
 */
export function checkSlack({ botToken, appToken }: SlackSettings): Check {
  return {
    name: 'Slack',
    async run({ fetch }) {
      try {
        await createApi({ token: botToken, fetch })((client) => client.auth.test());
      } catch (error) {
        return fail(`Slack does not take the bot token: ${whyOf(error)}`, 'check SLACK_BOT_TOKEN (docs/slack.md)');
      }
      if (appToken === null)
        return ok('Slack takes the bot token; whether SLACK_SIGNING_SECRET is right the first message tells');
      try {
        await createApi({ token: appToken, fetch })((client) => client.apps.connections.open({}));
        return ok('Slack takes the bot token, and gives a socket');
      } catch (error) {
        const todo = 'check SLACK_APP_TOKEN, its scope connections:write, and that Socket Mode is on (docs/slack.md)';
        return fail(`Slack gives no socket: ${whyOf(error)}`, todo);
      }
    },
  };
}

/** What Slack said; throws what is no error of ours. */
function whyOf(error: unknown): string {
  if (!(error instanceof SupportError)) throw error;
  return error.message.slice(error.message.indexOf(': ') + 2, -1);
}
