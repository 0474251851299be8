import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { slackManifest } from '../../../src/channels/slack/manifest.ts';
import { programArgs } from '../../support/child.ts';
import { content } from '../../support/fakes.ts';
import { createSlackApp } from './app.ts';

// Its shape is checked by the compiler, against the types of Slack's SDK.
const { oauth_config, ...rest } = slackManifest('https://help.example.com', 'Meridian help', content.replies.prompts);

describe('the manifest of the Slack app', () => {
  it('keeps to Slack’s lengths', () => {
    assert.ok(rest.display_information.name.length <= 35);
    assert.ok(rest.display_information.description.length <= 140);
    assert.ok(rest.features.agent_view.agent_description.length <= 300);
    assert.ok(rest.features.agent_view.suggested_prompts.length <= 4);
    for (const { description, usage_hint } of rest.features.slash_commands)
      assert.ok(description.length <= 2_000 && usage_hint.length <= 1_000);
    for (const { name, description } of rest.features.shortcuts)
      assert.ok(name.length <= 24 && description.length <= 150);
    assert.match(rest.features.bot_user.display_name, /^[a-z0-9._-]{1,80}$/);
    assert.match(rest.display_information.background_color, /^#[0-9a-f]{6}$/);
  });

  it('names the addresses at which the channel is', async () => {
    const app = await createSlackApp('http://127.0.0.1:1/api/');
    const { event_subscriptions, interactivity } = rest.settings;
    const [{ url: command } = assert.fail()] = rest.features.slash_commands;
    const urls = [event_subscriptions.request_url, interactivity.request_url, command];
    const paths = urls.map((url) => new URL(url).pathname);
    assert.deepEqual(
      app.product.routes.map(([, path]) => path).filter((path) => path.startsWith('/slack/')),
      paths,
    );
    await app.world.close();
  });

  it('asks for what is used, and no more', () => {
    assert.deepEqual(oauth_config.scopes, {
      bot: ['app_mentions:read', 'chat:write', 'commands', 'im:history', 'im:write', 'assistant:write'],
      bot_optional: ['users:read', 'users:read.email'],
    });
    assert.deepEqual(rest.settings.event_subscriptions.bot_events, ['app_home_opened', 'app_mention', 'message.im']);
  });

  it('is printed for the address of this server, which must be one that Slack reaches', () => {
    const printed = (PUBLIC_URL: string) =>
      spawnSync(process.execPath, programArgs('src/cli/slack-manifest.ts'), {
        cwd: join(import.meta.dirname, '../../..'),
        env: { PUBLIC_URL },
        encoding: 'utf8',
      });
    const { stdout, status } = printed('https://help.example.com');
    assert.deepEqual(
      [JSON.parse(stdout), status],
      [slackManifest('https://help.example.com', 'Meridian help', content.replies.prompts), 0],
    );
    const none = printed('http://localhost:3978');
    assert.deepEqual([none.stdout, none.status], ['', 1]);
    assert.match(none.stderr, /PUBLIC_URL/);
  });
});
