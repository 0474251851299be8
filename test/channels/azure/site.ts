import assert from 'node:assert/strict';
import { SignJWT } from 'jose';
import { conversationIdOf } from '../../../src/channels/inbound.ts';
import { customerNamed } from '../../support/customers.ts';
import { countingRandom, fakeClock, keptLog } from '../../support/fakes.ts';
import { testParts } from '../../support/parts.ts';
import { createWorld } from '../../support/world.ts';
import { metricsKey, quiet, refusalsOf, serve } from '../served.ts';
import { settings, startMicrosoft } from '../teams/far-end.ts';
import { secret, startAzure } from './far-end.ts';
import { noChannels } from '../../support/settings.ts';

/** The whole product, reached through Azure Direct Line; Microsoft and Azure are on this machine. `isSet`: the setting. */
export async function startSite({ isSet = true } = {}) {
  const clock = fakeClock();
  const microsoft = await startMicrosoft(clock);
  const azure = await startAzure(microsoft, () => server.url);
  const usual = testParts({ clock, random: countingRandom(), log: keptLog() });
  const channels = { ...noChannels, teams: settings, azure: isSet ? { secret } : null };
  const config = { ...usual.config, publicUrl: 'https://help.test', channels, metricsKey };
  const world = await createWorld('over-limit', undefined, undefined, {
    ...{ clock, config, microsoft: microsoft.endpoints, fetch: azure.fetch },
  });
  const { store, product, log } = world;
  const server = await serve(product, { config, log });
  return {
    ...{ world, microsoft, azure, url: server.url },
    /** What the company's page signed for a sample customer. */
    identity: await signedBy(usual.identity, clock.now()),
    /** A token as the widget asks for it. */
    async generate(body: object = {}) {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      const got = await fetch(`${server.url}/v3/directline/tokens/generate`, init);
      return { status: got.status, body: (await got.json()) as Record<string, string> };
    },
    stored: (place: string) => store.activitiesAfter(conversationIdOf('azure', place), 0, 1_000),
    opened: (place: string) => store.load(conversationIdOf('azure', place)),
    quiet: () => quiet(product),
    /** What was refused, each with its channel before it. */
    async refused() {
      const of = async (channel: string) => (await refusalsOf(product, channel)).map((why) => `${channel} ${why}`);
      return [...(await of('teams')), ...(await of('azure'))];
    },
    async close() {
      await server.stop();
      azure.close();
      microsoft.close();
      await world.close();
    },
  };
}

export type Site = Awaited<ReturnType<typeof startSite>>;

function signedBy({ issuer, audience, keys }: ReturnType<typeof testParts>['identity'], now: number): Promise<string> {
  const { userId = '', accountId, name } = customerNamed('over-limit')?.person ?? {};
  const seconds = Math.floor(now / 1_000);
  return new SignJWT({ account_id: accountId, name })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(userId)
    .setJti('once')
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + 600)
    .sign(keys[0]?.key ?? assert.fail());
}
