import assert from 'node:assert/strict';
import { azureOrigin } from '../../../src/channels/azure/endpoints.ts';
import { createChannels } from '../../../src/channels/index.ts';
import { needsAlone } from '../alone.ts';
import { channelContract, type FarEnd } from '../contract.ts';
import { settings, startMicrosoft, type Fault } from '../teams/far-end.ts';
import { secret, startAzure } from './far-end.ts';
import { noChannels } from '../../support/settings.ts';

const faults: Readonly<Record<FarEnd, Fault | null>> = {
  up: null,
  busy: { status: 429, headers: { 'retry-after': '17' } },
  down: { status: 503 },
  silent: 'hang',
  refusing: { status: 403 },
};

channelContract(
  'azure',
  async () => {
    const needs = needsAlone();
    const microsoft = await startMicrosoft(needs.clock);
    const azure = await startAzure(microsoft, () => '');
    const channels = await createChannels(
      { ...noChannels, teams: settings, azure: { secret } },
      { ...needs, endpoints: microsoft.endpoints, fetch: azure.fetch },
    );
    const { client = assert.fail() } = channels.find((one) => one.client.channel === 'azure') ?? {};
    const conversation = azure.open('dl_1');
    const to = { service: `${azureOrigin}/`, conversation, bot: 'bot@azure' };
    const elsewhere = ['https://evil.test/', 'https://directline.botframework.com.evil.test/', microsoft.base, ''];
    return {
      ...{ client, to, bent: elsewhere.map((service) => ({ ...to, service })) },
      given: () =>
        (azure.rooms.get(conversation)?.activities ?? []).map((one) => ({
          ref: String(one.id),
          json: JSON.stringify(one),
        })),
      // Whoever is given a token might send it anywhere.
      asked: () => azure.asked.length + (azure.asked.length === 0 ? microsoft.counts.tokens : 0),
      turn: (farEnd) => (azure.state.connector = faults[farEnd]),
      secrets: [secret, settings.credential.secret, 'token-1'],
      log: needs.log,
      close() {
        azure.close();
        microsoft.close();
      },
    };
  },
  // Its clients take them off by themselves.
  { takesOff: false },
);
