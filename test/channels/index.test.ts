import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createChannels, feedChannelsOf, readChannels, trustsMembers } from '../../src/channels/index.ts';
import { pushChannels } from '../../src/domain/channels.ts';
import type { SettingsReader } from '../../src/domain/settings.ts';
import { settingsRead } from '../support/settings.ts';
import { needsAlone } from './alone.ts';
import { secret } from './slack/posts.ts';
import { settings as teams } from './teams/far-end.ts';

/** The settings of the channels, where nobody may be spoken for. */
const read = (settings: SettingsReader) => readChannels(settings, []);
const slack = { SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99yyyzzz85a5', SLACK_BOT_TOKEN: 'xoxb-1234567890-abc' };

describe('the list of channels', () => {
  it('has every channel that we send to by ourselves, and every folder of one', () => {
    const { value } = settingsRead({}, read);
    assert.deepEqual(value, { azure: null, teams: null, slack: null, local: null });
    assert.deepEqual(Object.keys(value).sort(), pushChannels.toSorted());
    const entries = readdirSync(join(import.meta.dirname, '../../src/channels'), { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    assert.deepEqual(folders.sort(), ['direct-line', ...pushChannels].sort());
  });

  it('tells from the settings where agents see tickets, and who is trusted', () => {
    const { value: none } = settingsRead(slack, read);
    assert.deepEqual(none && [feedChannelsOf(none), trustsMembers(none)], [[], false]);
    const more = { ...slack, SLACK_ESCALATIONS: 'C1', SLACK_TRUSTED_TEAMS: 'T1' };
    const { value: both } = settingsRead(more, read);
    assert.deepEqual(both && [feedChannelsOf(both), trustsMembers(both)], [['slack'], true]);
  });

  it('makes what is connected, each under its own name, and nothing else', async () => {
    const nothing = { teams: null, slack: null, azure: null, local: null };
    assert.deepEqual(await createChannels(nothing, needsAlone()), []);
    const app = { signingSecret: secret, botToken: 'xoxb-1-secret-token', appId: null, teams: [], trustedTeams: [] };
    const connected = {
      teams,
      slack: { ...app, escalations: null },
      azure: { secret: 'the secret' },
      local: { customer: 'no-seat' },
    };
    const made = await createChannels(connected, needsAlone());
    assert.deepEqual(made.map(({ client }) => client.channel).sort(), pushChannels.toSorted());
  });
});
