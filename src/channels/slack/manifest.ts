import type { AppsManifestCreateArguments } from '@slack/web-api';
import { truncate } from '../../domain/truncate.ts';
import { promptsOf } from './prompts.ts';

type Documented = AppsManifestCreateArguments['manifest'];
type Scopes = NonNullable<NonNullable<Documented['oauth_config']>['scopes']>;

/** The least that it needs. */
const scopes = {
  bot: ['app_mentions:read', 'chat:write', 'commands', 'im:history', 'im:write'],
  // Only for SLACK_TRUSTED_TEAMS.
  bot_optional: ['users:read', 'users:read.email'],
} satisfies Scopes;

/** A Slack app as its manifest describes it. */
export type SlackManifest = ReturnType<typeof slackManifest>;

/**
 * The manifest of an app that does what Latchkey does in Slack, and may do no more; `name` is what customers see, `prompts` what
 * they may begin with. `publicUrl` null: it is heard over a socket, and Slack posts nowhere.
 */
export function slackManifest(publicUrl: string | null, name: string, prompts: readonly string[]) {
  const postedTo = (path: string) => (publicUrl === null ? {} : { request_url: `${publicUrl}${path}` });
  return {
    display_information: {
      name: truncate(name, 35),
      description: 'Finds out why you get “Access denied”, and hands you to a person where it cannot help.',
      background_color: '#1d4ed8',
    } satisfies Documented['display_information'],
    features: {
      slash_commands: [
        {
          command: '/whydenied',
          description: 'Why you can’t get into something; answered in your direct messages',
          usage_hint: '[feature]',
          ...(publicUrl !== null && { url: `${publicUrl}/slack/commands` }),
          should_escape: false,
        },
      ],
      shortcuts: [
        {
          name: 'Why was I refused?',
          type: 'message',
          callback_id: 'why-refused',
          description: 'Takes the message to your direct messages and finds out',
        },
      ],
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: {
        display_name: truncate(name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-'), 80),
        always_online: true,
      },
      agent_view: {
        agent_description:
          'An automated assistant that looks at your account and says what blocks you, and who can fix it.',
        suggested_prompts: promptsOf(prompts),
      },
    } satisfies Documented['features'],
    // The SDK's list of scopes lacks the one that Slack documents for agents.
    oauth_config: { scopes: { ...scopes, bot: [...scopes.bot, 'assistant:write'] } },
    settings: {
      event_subscriptions: {
        ...postedTo('/slack/events'),
        bot_events: ['app_home_opened', 'app_mention', 'message.im'],
      },
      interactivity: { is_enabled: true, ...postedTo('/slack/actions') },
      org_deploy_enabled: false,
      socket_mode_enabled: publicUrl === null,
      token_rotation_enabled: false,
    } satisfies Documented['settings'],
  };
}
