import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAzure } from '../../../src/channels/azure/azure.ts';
import { createAzureTokens } from '../../../src/channels/azure/tokens.ts';
import { createCourier } from '../../../src/channels/courier.ts';
import { createDirectLine } from '../../../src/channels/direct-line/direct-line.ts';
import { createHub } from '../../../src/channels/direct-line/hub.ts';
import { createSessions } from '../../../src/channels/direct-line/sessions.ts';
import { conversationIdOf, createInbox } from '../../../src/channels/inbox.ts';
import { createTeams } from '../../../src/channels/teams/teams.ts';
import { SupportError } from '../../../src/domain/errors.ts';
import { errorAnswer, json } from '../../../src/http/answer.ts';
import { readJson } from '../../../src/http/read-json.ts';
import type { Call } from '../../../src/http/route.ts';
import { customerNamed } from '../../support/customers.ts';
import { countingRandom, nobodyClaims } from '../../support/fakes.ts';
import { createWorld } from '../../support/world.ts';
import { settings, startMicrosoft } from '../teams/far-end.ts';
import { secret, startAzure } from './far-end.ts';

/** The real bot, reached through Azure Direct Line; Microsoft and Azure are on this machine. `isSet`: the setting. */
export async function startSite({ isSet = true, timeoutMs = 5_000 } = {}) {
  const world = await createWorld('over-limit');
  const { clock, log, store } = world;
  const microsoft = await startMicrosoft(clock);
  const azure = await startAzure(microsoft, () => url);
  const refused: string[] = [];
  const talks = new Set<string>();
  const answer = (id: string) => {
    talks.add(id);
    void world.queue.answer(id);
  };
  const inbox = createInbox({
    ...{ conversations: store, addresses: store.addresses, links: store.links, clock, answer },
    messagesPer10s: 1e6,
    typing: (id) => void courier.typing(id),
  });
  const random = countingRandom();
  const counting = (channel: string) => (why: string) => void refused.push(`${channel} ${why}`);
  const needs = { clock, random, log, fetch: microsoft.fetch, inbox, conversations: store };
  const channel = createAzure(settings, { ...needs, refused: counting('azure') }, azure.base);
  const forget = () => Promise.resolve();
  const teamsNeeds = { ...needs, refused: counting('teams'), forget, claim: nobodyClaims, ends: microsoft.ends };
  const teams = createTeams(settings, teamsNeeds, isSet ? channel.guest : null);
  const carriers = [teams.carrier, channel.carrier];
  const courier = createCourier({ addresses: store.addresses, conversations: store, carriers, clock, random, log });
  const tokens = { fetch, log, trustedOrigins: ['https://help.test'], origin: azure.base, timeoutMs };
  const directLine = createDirectLine({
    ...{ store, hub: createHub(store), clock, random, answer },
    limits: { messagesPer10s: 1e6, conversationsPerMinute: 1e6 },
    sessions: createSessions(store.tokens, clock, random),
    elsewhere: isSet ? createAzureTokens({ secret }, tokens) : null,
    verifyIdentity(identity) {
      const person = customerNamed('over-limit')?.person;
      if (identity !== signed || !person) return Promise.reject(new SupportError('identity-invalid'));
      return Promise.resolve({ ...person, verifiedBy: 'signed-identity' } as never);
    },
  });
  const server = createServer((request, response) => {
    const take = async () =>
      request.url === '/api/messages'
        ? (teams.routes[0]?.[2](request as Call) ?? errorAnswer(null))
        : json(await directLine.generate(await readJson(request), '127.0.0.1'));
    void take()
      .catch((error: unknown) => errorAnswer(error))
      .then(({ status, type, body, headers }) => {
        response.writeHead(status, { 'content-type': type, ...headers });
        response.end(body);
      });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ world, microsoft, azure, refused, url, courier, channel },
    /** A token as the widget asks for it. */
    async generate(body: object = {}) {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      const got = await fetch(`${url}/v3/directline/tokens/generate`, init);
      return { status: got.status, body: (await got.json()) as Record<string, string> };
    },
    stored: (place: string) => store.activitiesAfter(conversationIdOf('azure', place), 0, 1_000),
    opened: (place: string) => store.load(conversationIdOf('azure', place)),
    /** Turns are taken and replies sent, until all is quiet. */
    async quiet() {
      await world.queue.idle();
      await Promise.all([...talks].map((id) => courier.wake(id)));
      await courier.idle();
    },
    async close() {
      server.closeAllConnections();
      server.close();
      azure.close();
      microsoft.close();
      await world.close();
    },
  };
}

export type Site = Awaited<ReturnType<typeof startSite>>;

/** The identity that the site signed, as far as this test is concerned. */
export const signed = `x.${btoa(JSON.stringify({ sub: 'u', account_id: 'a' }))}.s`;
