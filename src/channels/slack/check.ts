import { SupportError } from '../../domain/errors.ts';
import { fail, ok, type Check } from '../../domain/check.ts';
import { createApi } from './api.ts';
import type { SlackSettings } from './settings.ts';

/** Asks Slack whose the bot token is (`auth.test`). Whether the signing secret is right only a post of Slack's tells. */
export function checkSlack({ botToken }: SlackSettings): Check {
  return {
    name: 'Slack',
    async run({ fetch }) {
      try {
        await createApi({ botToken, fetch })((client) => client.auth.test());
        return ok('Slack takes the bot token; whether SLACK_SIGNING_SECRET is right the first message tells');
      } catch (error) {
        if (!(error instanceof SupportError)) throw error;
        const why = error.message.slice(error.message.indexOf(': ') + 2, -1);
        return fail(`Slack does not take the bot token: ${why}`, 'check SLACK_BOT_TOKEN (docs/slack.md)');
      }
    },
  };
}
