import assert from 'node:assert/strict';
import { readConfig } from '../../src/config.ts';
import { unknownSettings } from '../../src/domain/unknown-settings.ts';

type Env = Readonly<Record<string, string>>;
const { notices } = readConfig({ METRIC_KEY: 'k' });

describe('settings that are not ours', () => {
  it('and look as if they were are named at start', () => {
    assert.deepEqual(notices, ['METRIC_KEY is set, and not read: did you mean METRICS_KEY?']);
  });

  const known = ['HOST', 'PORT', 'PUBLIC_URL', 'METRICS_KEY', 'SLACK_BOT_TOKEN', 'SLACK_TEAMS'];
  const told: readonly (readonly [string, Env, readonly string[]])[] = [
    ['one letter is wrong', { PUBLIK_URL: 'x' }, ['PUBLIK_URL is set, and not read: did you mean PUBLIC_URL?']],
    ['two letters are missing', { PUBLC_UR: 'x' }, ['PUBLC_UR is set, and not read: did you mean PUBLIC_URL?']],
    ['it is in small letters', { metrics_key: 'x' }, ['metrics_key is set, and not read: did you mean METRICS_KEY?']],
    ['it is of a family', { SLACK_TOKEN: 'x' }, ['SLACK_TOKEN is set, and not read: there is no such setting']],
    ['it is empty', { METRIC_KEY: ' ' }, []],
    ['it is known', { METRICS_KEY: 'x', SLACK_TEAMS: 'x' }, []],
    ['it is the system’s', { HOME: 'x', PATH: 'x', HOSTNAME: 'x', MAIL: 'x', PUBLIC: 'x', METRICS_PORT: 'x' }, []],
  ];
  for (const [name, env, lines] of told)
    it(`are told, or not, where ${name}`, () => assert.deepEqual(unknownSettings(env, known), lines));
});
