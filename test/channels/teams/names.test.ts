import assert from 'node:assert/strict';
import { readConfig } from '../../../src/config.ts';

type Env = Readonly<Record<string, string>>;
const [appId, tenant] = ['8f14e45f-ceea-4a2b-9c1d-000000000001', '72f988bf-86f1-41af-91ab-000000000002'];
const ours: Env = { DEMO: '1', TEAMS_APP_ID: appId, TEAMS_APP_SECRET: 'value', TEAMS_APP_TENANT: tenant };
/** The same bot as samples of the Bot Framework have it. */
const theirs: Env = {
  ...{ DEMO: '1', MicrosoftAppType: 'SingleTenant', MicrosoftAppId: appId },
  ...{ MicrosoftAppPassword: 'value', MicrosoftAppTenantId: tenant },
};
/** As samples of newer SDKs have it, and much else. */
const newer: Env = { CLIENT_ID: 'one', CLIENT_SECRET: 'two', TENANT_ID: 'three' };

function complaints(env: Env): string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').map((line) => line.split(' ')[0] ?? '');
  }
}

describe('the names of the bot’s settings', () => {
  it('may be those of the Bot Framework', () => {
    assert.deepEqual(readConfig(theirs).channels, readConfig(ours).channels);
  });

  it('count more where they are ours', () => {
    const other = { ...theirs, MicrosoftAppId: '8f14e45f-ceea-4a2b-9c1d-00000000000f', MicrosoftAppPassword: 'other' };
    assert.deepEqual(readConfig({ ...other, ...ours }).channels, readConfig(ours).channels);
  });

  it('stand for no bot where they are there and empty, as in every sample', () => {
    const empty = {
      ...Object.fromEntries(Object.keys(theirs).map((name) => [name, ''])),
      MicrosoftAppType: 'MultiTenant',
    };
    assert.equal(readConfig(empty).channels.teams, null);
    assert.notEqual(readConfig(empty).channels.local, null);
  });

  for (const [what, env, named] of [
    ['half a bot', { ...theirs, MicrosoftAppPassword: '' }, 'TEAMS_APP_SECRET'],
    ['an id that is none', { ...theirs, MicrosoftAppId: 'latchkey' }, 'MicrosoftAppId'],
    ['a tenant that is none', { ...theirs, MicrosoftAppTenantId: 'acme.com' }, 'MicrosoftAppTenantId'],
    ['a bot of many tenants', { ...theirs, MicrosoftAppType: 'MultiTenant' }, 'MicrosoftAppType'],
    ['a bot with an identity of Azure', { ...ours, MicrosoftAppType: 'UserAssignedMSI' }, 'MicrosoftAppType'],
  ] as const)
    it(`are refused as they were given: ${what}`, () => assert.deepEqual(complaints(env), [named]));

  it('are told where the bot may be set under names that are not read', () => {
    const { notices, channels } = readConfig(newer);
    assert.equal(channels.teams, null);
    assert.match(
      notices.join(),
      /^CLIENT_ID, CLIENT_SECRET, TENANT_ID are set, and not read.* call them TEAMS_APP_ID, /,
    );
    for (const env of [
      {},
      ours,
      theirs,
      { ...newer, ...ours },
      { ...newer, ...theirs },
      { ...newer, CLIENT_SECRET: '' },
    ])
      assert.deepEqual(readConfig(env).notices, []);
  });
});
