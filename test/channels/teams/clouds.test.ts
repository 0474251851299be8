import assert from 'node:assert/strict';
import { azureSettings } from '../../../src/channels/azure/settings.ts';
import { activityShape } from '../../../src/channels/teams/activity.ts';
import { createAuthenticator } from '../../../src/channels/teams/authenticate-activity.ts';
import { checkTeams } from '../../../src/channels/teams/check.ts';
import { clouds, type TeamsCloud } from '../../../src/channels/teams/endpoints.ts';
import { createSigningKeys } from '../../../src/channels/teams/keys.ts';
import { readIfSet } from '../../../src/domain/settings.ts';
import { fakeClock, keptLog } from '../../support/fakes.ts';
import { settingsRead } from '../../support/settings.ts';
import { appId, settings, startMicrosoft, tenant, type Microsoft } from './far-end.ts';
import { activityOf } from './site.ts';

const names = Object.keys(clouds) as TeamsCloud[];
/** Where each cloud's Teams says that answers go. */
const services = {
  public: 'https://smba.trafficmanager.net/emea/',
  gcch: 'https://smba.infra.gov.teams.microsoft.us/gcch/',
  dod: 'https://smba.infra.dod.teams.microsoft.us/dod/',
};

const government = { issuer: 'https://api.botframework.us', login: 'https://login.microsoftonline.us' };
const expected = {
  public: { issuer: 'https://api.botframework.com', login: 'https://login.microsoftonline.com' },
  gcch: government,
  dod: government,
};

describe('the clouds of Microsoft', () => {
  const clock = fakeClock();
  let microsoft: Microsoft;
  before(async () => {
    microsoft = await startMicrosoft(clock);
  });
  after(() => microsoft.close());

  for (const cloud of names)
    for (const from of names)
      it(`${from === cloud ? 'lets in' : 'keeps out'} what Teams of ${from} says to a bot in ${cloud}`, async () => {
        const { metadata } = microsoft.endpoints;
        const keys = createSigningKeys({ metadata, fetch: microsoft.fetch, clock, log: keptLog() });
        const { issuer, services: trusted } = clouds[cloud];
        const rules = new Map([['msteams', { services: trusted, judge: () => null }]]);
        const serviceurl = services[from];
        const token = await microsoft.token({ claims: { iss: expected[from].issuer, serviceurl } });
        const authenticate = createAuthenticator({ appId, keys, issuer, rules, clock });
        const refused = await authenticate(`Bearer ${token}`, activityShape.parse(activityOf(serviceurl)));
        assert.equal(refused === null, from === cloud, JSON.stringify(refused));
      });

  for (const cloud of names)
    it(`asks for the bot’s token where ${cloud} signs in, and nowhere else`, async () => {
      const asked: string[] = [];
      const here: typeof fetch = (input, init) => {
        const url = input as string;
        asked.push(`${url.replace(/\?.*/, '')} ${new URLSearchParams(init?.body as string).get('scope') ?? ''}`);
        return microsoft.fetch(url.replace(expected[cloud].login, clouds.public.login), init);
      };
      const { status } = await checkTeams({ ...settings, cloud }).run({ fetch: here } as never);
      assert.equal(status, 'ok');
      const { login, issuer } = expected[cloud];
      assert.ok(asked.every((one) => one.startsWith(`${login}/`)));
      assert.ok(asked.at(-1)?.endsWith(`/oauth2/v2.0/token ${issuer}/.default`) ?? false, asked.join('\n'));
    });

  it('have Azure Direct Line in the public one alone', () => {
    const bot = { TEAMS_APP_ID: appId, TEAMS_APP_SECRET: 'value', TEAMS_APP_TENANT: tenant };
    const wrong = (TEAMS_CLOUD: string) =>
      settingsRead({ ...bot, TEAMS_CLOUD, DIRECT_LINE_SECRET: 'RCurR_XV9ZA.cwA.BKA' }, (settings) =>
        readIfSet(azureSettings, settings),
      ).wrong;
    assert.deepEqual([wrong('public'), wrong('dod')], [[], ['DIRECT_LINE_SECRET']]);
  });
});
