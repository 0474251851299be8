import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { slackManifest } from '../../../src/channels/slack/manifest.ts';
import { programArgs } from '../../support/child.ts';
import { content } from '../../support/fakes.ts';
import { root } from '../../support/sources.ts';
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
    const paths = urls.map((url) => new URL(url ?? '').pathname);
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

  it('has the same app heard over a socket, and names no address then', () => {
    const { settings, ...others } = slackManifest(null, 'Meridian help', content.replies.prompts);
    assert.equal(settings.socket_mode_enabled, true);
    assert.doesNotMatch(JSON.stringify([settings, others]), /https?:/);
    assert.deepEqual(settings.event_subscriptions.bot_events, rest.settings.event_subscriptions.bot_events);
    assert.deepEqual(others.oauth_config, oauth_config);
  });

  const printed = (PUBLIC_URL: string, ...args: readonly string[]) =>
    spawnSync(process.execPath, programArgs('src/cli/slack-manifest.ts', ...args), {
      ...{ cwd: root, env: { PUBLIC_URL }, encoding: 'utf8' },
    });

  it('is printed for the address of this server, which must be one that Slack reaches', () => {
    const { stdout, status } = printed('https://help.example.com');
    assert.deepEqual(
      [JSON.parse(stdout), status],
      [slackManifest('https://help.example.com', 'Meridian help', content.replies.prompts), 0],
    );
    const none = printed('http://localhost:3978');
    assert.deepEqual([none.stdout, none.status], ['', 1]);
    assert.match(none.stderr, /PUBLIC_URL/);
  });

  it('is what Slack’s command-line tool gets here, which needs no address', () => {
    const { hooks, config } = read('.slack/hooks.json') as { hooks: Readonly<Record<string, string>>; config: object };
    const { scripts } = read('package.json') as { scripts: object };
    assert.ok('slack:manifest' in scripts && 'start' in scripts);
    assert.deepEqual(hooks, { 'get-manifest': 'npm run -s slack:manifest -- --socket', start: 'npm start' });
    // Our process opens the socket, with the tokens that the tool gives it.
    assert.deepEqual(config, { 'sdk-managed-connection-enabled': true });
    const { stdout, status } = printed('', '--socket', '--source', '/somewhere');
    assert.deepEqual([JSON.parse(stdout), status], [slackManifest(null, 'Meridian help', content.replies.prompts), 0]);
  });
});

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(root, file), 'utf8'));
}
