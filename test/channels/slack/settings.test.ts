import assert from 'node:assert/strict';
import { slackSettings } from '../../../src/channels/slack/settings.ts';
import { readIfSet } from '../../../src/domain/settings.ts';
import { settingsRead } from '../../support/settings.ts';

type Env = Readonly<Record<string, string>>;
const both: Env = { SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99yyyzzz85a5', SLACK_BOT_TOKEN: 'xoxb-1234567890-abc' };

const read = (env: Env) => settingsRead(env, (settings) => readIfSet(slackSettings, settings));

describe('the settings of Slack', () => {
  it('are none, where none is set', () => {
    assert.deepEqual(read({ SLACK_APP_ID: ' ' }), { value: null, wrong: [], message: '' });
  });

  it('are a secret and a token, and more where it is wanted', () => {
    const nothingMore = { appToken: null, appId: null, teams: [], trustedTeams: [], escalations: null };
    const secrets = { signingSecret: both.SLACK_SIGNING_SECRET, botToken: both.SLACK_BOT_TOKEN };
    assert.deepEqual(read(both).value, { ...secrets, ...nothingMore });
    const more = { SLACK_APP_ID: 'A1', SLACK_TEAMS: 'T1, T2', SLACK_TRUSTED_TEAMS: 'T2', SLACK_ESCALATIONS: 'C1' };
    assert.deepEqual(read({ ...both, ...more }).value, {
      ...secrets,
      appToken: null,
      appId: 'A1',
      teams: ['T1', 'T2'],
      trustedTeams: ['T2'],
      escalations: 'C1',
    });
    assert.deepEqual(read({ ...both, SLACK_TRUSTED_TEAMS: 'T2' }).wrong, []);
  });

  it('are two tokens, without a secret, where Slack is heard over a socket', () => {
    const { SLACK_BOT_TOKEN = '' } = both;
    const { value } = read({ SLACK_BOT_TOKEN, SLACK_APP_TOKEN: 'xapp-1-A1-abcdef' });
    assert.deepEqual([value?.signingSecret, value?.appToken], [null, 'xapp-1-A1-abcdef']);
  });

  const halves: readonly (readonly [string, Env])[] = [
    ['SLACK_SIGNING_SECRET', { SLACK_BOT_TOKEN: 'xoxb-1234567890-abc' }],
    ['SLACK_BOT_TOKEN', { SLACK_SIGNING_SECRET: both.SLACK_SIGNING_SECRET ?? '' }],
    ['SLACK_SIGNING_SECRET', { ...both, SLACK_SIGNING_SECRET: 'short' }],
    ['SLACK_BOT_TOKEN', { ...both, SLACK_BOT_TOKEN: 'xoxp-1234567890-abc' }],
    ['SLACK_BOT_TOKEN', { SLACK_APP_TOKEN: 'xapp-1-A1-abcdef' }],
    ['SLACK_APP_TOKEN', { ...both, SLACK_APP_TOKEN: 'xoxb-1234567890-abc' }],
    ['SLACK_APP_ID', { ...both, SLACK_APP_ID: 'B1' }],
    ['SLACK_ESCALATIONS', { ...both, SLACK_ESCALATIONS: '#support' }],
    ['SLACK_TEAMS', { ...both, SLACK_TEAMS: 'T1 acme' }],
    ['SLACK_TRUSTED_TEAMS', { ...both, SLACK_TRUSTED_TEAMS: 'acme' }],
    ['SLACK_TRUSTED_TEAMS', { ...both, SLACK_TEAMS: 'T1', SLACK_TRUSTED_TEAMS: 'T2' }],
  ];
  for (const [name, env] of halves)
    it(`are told to lack ${name}: ${JSON.stringify(Object.keys(env))}`, () =>
      assert.deepEqual(read(env).wrong, [name]));

  it('are all told at once, without what they hold', () => {
    const { wrong, message } = read({ SLACK_TRUSTED_TEAMS: 'hunter2', SLACK_BOT_TOKEN: 'hunter2' });
    assert.deepEqual(wrong, ['SLACK_BOT_TOKEN', 'SLACK_TRUSTED_TEAMS', 'SLACK_SIGNING_SECRET']);
    assert.doesNotMatch(message, /hunter2/);
  });
});
