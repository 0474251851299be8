import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createChannels, feedChannelsOf, readChannels, trustsMembers } from '../../src/channels/index.ts';
import { pushChannels } from '../../src/domain/channels.ts';
import type { SettingsReader } from '../../src/domain/settings.ts';
import { hasPieces } from '../support/pieces.ts';
import { noChannels, settingsRead } from '../support/settings.ts';
import { root } from '../support/sources.ts';
import { needsAlone } from './alone.ts';
import { secret } from './slack/posts.ts';
import { settings as teams } from './teams/far-end.ts';

/** The settings of the channels, where nobody may be spoken for. */
const read = (settings: SettingsReader) => readChannels(settings, []);
const slack = { SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99yyyzzz85a5', SLACK_BOT_TOKEN: 'xoxb-1234567890-abc' };

const entries = readdirSync(join(root, 'src/channels'), { withFileTypes: true });
const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);

describe('the folder of a channel', () => {
  for (const name of folders.filter((one) => one !== 'direct-line')) {
    hasPieces(name, { [`src/channels/${name}/settings.ts`]: 'ettings', 'src/domain/channels.ts': ` ${name}: '` });
    // The Emulator stands in for Teams: it is in no list, and nobody is far away.
    if (name !== 'local')
      hasPieces(name, {
        'src/channels/index.ts': `channel('${name}', `,
        [`test/channels/${name}/channel-client.test.ts`]: `channelContract('${name}', `,
      });
  }
});

describe('the list of channels', () => {
  it('has every channel that we send to by ourselves, and every folder of one', () => {
    const { value } = settingsRead({}, read);
    assert.deepEqual(value, noChannels);
    assert.deepEqual(Object.keys(value).sort(), pushChannels.toSorted());
    assert.deepEqual(
      pushChannels.filter((name) => !folders.includes(name)),
      [],
    );
  });

  it('tells from the settings where agents see tickets, and who is trusted', () => {
    const { value: none } = settingsRead(slack, read);
    assert.deepEqual(none && [feedChannelsOf(none), trustsMembers(none)], [[], false]);
    const more = { ...slack, SLACK_ESCALATIONS: 'C1', SLACK_TRUSTED_TEAMS: 'T1' };
    const { value: both } = settingsRead(more, read);
    assert.deepEqual(both && [feedChannelsOf(both), trustsMembers(both)], [['slack'], true]);
  });

  it('makes what is connected, each under its own name, and nothing else', async () => {
    assert.deepEqual(await createChannels(noChannels, needsAlone()), []);
    const app = {
      signingSecret: secret,
      botToken: 'xoxb-1-secret-token',
      appToken: null,
      appId: null,
      teams: [],
      trustedTeams: [],
    };
    const connected = {
      ...noChannels,
      teams,
      slack: { ...app, escalations: null },
      azure: { secret: 'the secret' },
      local: { customer: 'no-seat' },
    };
    const made = await createChannels(connected, needsAlone());
    const names = made.map(({ client }) => client.channel).sort();
    assert.deepEqual(names, pushChannels.toSorted(), 'connect each in "connected" of test/channels/index.test.ts');
  });
});
