import assert from 'node:assert/strict';
import { teamsSettings } from '../../../src/channels/teams/settings.ts';
import { readIfSet } from '../../../src/domain/settings.ts';
import { settingsRead } from '../../support/settings.ts';

const appId = '8F14E45F-CEEA-4A2B-9C1D-000000000001';
const tenant = '72f988bf-86f1-41af-91ab-000000000002';
const hubUrl = 'https://hub.example.com';
const whole = { TEAMS_APP_ID: appId, TEAMS_APP_SECRET: 'value', TEAMS_APP_TENANT: tenant };

function read(env: Readonly<Record<string, string>>) {
  const { value, wrong } = settingsRead(env, (settings) => readIfSet(teamsSettings, settings));
  return { teams: value ?? null, wrong };
}

describe('the settings of Teams', () => {
  it('are none where none is set', () => {
    assert.deepEqual(read({}), { teams: null, wrong: [] });
  });

  it('serve the tenant of the bot where no other is listed', () => {
    const more = {
      trustedTenants: [],
      escalations: null,
      cloud: 'public',
      singleSignOn: false,
      feedback: 'default',
      hub: null,
    };
    const teams = {
      appId: appId.toLowerCase(),
      credential: { kind: 'secret', secret: 'value' },
      tenant,
      tenants: [tenant],
      ...more,
    };
    assert.deepEqual(read(whole), { teams, wrong: [] });
    const listed = read({ ...whole, TEAMS_TENANTS: `${appId}, ${tenant}` });
    assert.deepEqual(listed.teams?.tenants, [appId.toLowerCase(), tenant]);
  });

  it('have single sign-on only where it is set, beside tenants that are trusted', () => {
    const { teams, wrong } = read({ ...whole, TEAMS_TRUSTED_TENANTS: tenant, TEAMS_SSO: '1' });
    assert.deepEqual([teams?.singleSignOn, wrong], [true, []]);
  });

  it('know the clouds of the government', () => {
    assert.deepEqual(
      ['public', 'gcch', 'dod'].map((TEAMS_CLOUD) => read({ ...whole, TEAMS_CLOUD }).teams?.cloud),
      ['public', 'gcch', 'dod'],
    );
  });

  it('know a channel by its id, and by the link that Teams gives', () => {
    const id = '19:3f7-a_B9@thread.tacv2';
    const link = `https://teams.microsoft.com/l/channel/${encodeURIComponent(id)}/Support?groupId=${tenant}&tenantId=${tenant}`;
    for (const told of [id, link, ` ${link} `, link.replace('%3A', '%3a')])
      assert.equal(read({ ...whole, TEAMS_ESCALATIONS: told }).teams?.escalations, id, told);
  });

  it('trust nobody but tenants that are listed for it, of those that are served', () => {
    const trusting = (TEAMS_TRUSTED_TENANTS: string, TEAMS_TENANTS = '') =>
      read({ ...whole, TEAMS_TRUSTED_TENANTS, TEAMS_TENANTS }).teams?.trustedTenants;
    assert.deepEqual(trusting(tenant.toUpperCase()), [tenant]);
    assert.deepEqual(trusting(`${tenant} ${appId}`, `${appId},${tenant}`), [tenant, appId.toLowerCase()]);
  });

  it('let customers judge by Teams’ own thumbs, with its form or ours, or by buttons', () => {
    for (const feedback of ['default', 'custom', 'buttons'])
      assert.equal(read({ ...whole, TEAMS_FEEDBACK: feedback }).teams?.feedback, feedback);
  });

  for (const [name, env, wrong] of [
    ['an id alone', { TEAMS_APP_ID: appId }, ['TEAMS_APP_SECRET', 'TEAMS_APP_TENANT']],
    ['a secret alone', { TEAMS_APP_SECRET: 'value' }, ['TEAMS_APP_ID', 'TEAMS_APP_TENANT']],
    ['tenants alone', { TEAMS_TENANTS: tenant }, ['TEAMS_APP_ID', 'TEAMS_APP_SECRET', 'TEAMS_APP_TENANT']],
    ['an id that is none', { ...whole, TEAMS_APP_ID: 'latchkey' }, ['TEAMS_APP_ID']],
    ['a tenant that is a name', { ...whole, TEAMS_APP_TENANT: 'acme.onmicrosoft.com' }, ['TEAMS_APP_TENANT']],
    ['single sign-on where nobody is trusted', { ...whole, TEAMS_SSO: '1' }, ['TEAMS_TRUSTED_TENANTS']],
    ['a hub without its address', { ...whole, TEAMS_HUB_APP_ID: tenant }, ['TEAMS_HUB_URL']],
    ['a hub without its app', { ...whole, TEAMS_HUB_URL: hubUrl }, ['TEAMS_HUB_APP_ID']],
    ['a hub that is the bot', { ...whole, TEAMS_HUB_APP_ID: appId, TEAMS_HUB_URL: hubUrl }, ['TEAMS_HUB_APP_ID']],
    [
      'a hub that anybody on the way can read',
      { ...whole, TEAMS_HUB_APP_ID: tenant, TEAMS_HUB_URL: 'http://hub.example.com' },
      ['TEAMS_HUB_URL'],
    ],
    ['single sign-on that is no number', { ...whole, TEAMS_SSO: 'yes' }, ['TEAMS_SSO']],
    ['a cloud that is not served', { ...whole, TEAMS_CLOUD: 'china' }, ['TEAMS_CLOUD']],
    ['a cloud that is a name of Object', { ...whole, TEAMS_CLOUD: 'toString' }, ['TEAMS_CLOUD']],
    ['a channel that is a name', { ...whole, TEAMS_ESCALATIONS: 'Support' }, ['TEAMS_ESCALATIONS']],
    ['thumbs that Teams does not have', { ...whole, TEAMS_FEEDBACK: 'Thumbs' }, ['TEAMS_FEEDBACK']],
    ['thumbs alone', { TEAMS_FEEDBACK: 'default' }, Object.keys(whole)],
    ['trusted tenants alone', { TEAMS_TRUSTED_TENANTS: tenant }, Object.keys(whole)],
    ['a trusted tenant that is a name', { ...whole, TEAMS_TRUSTED_TENANTS: 'acme.com' }, ['TEAMS_TRUSTED_TENANTS']],
    ['a trusted tenant that is not served', { ...whole, TEAMS_TRUSTED_TENANTS: appId }, ['TEAMS_TRUSTED_TENANTS']],
    [
      'a trusted tenant, the bot’s own, where others are served',
      { ...whole, TEAMS_TENANTS: appId, TEAMS_TRUSTED_TENANTS: tenant },
      ['TEAMS_TRUSTED_TENANTS'],
    ],
    ['a listed tenant that is a name', { ...whole, TEAMS_TENANTS: `${tenant} acme.com` }, ['TEAMS_TENANTS']],
  ] as const)
    it(`are refused by name: ${name}`, () => {
      assert.deepEqual(read(env).wrong, wrong);
    });
});
