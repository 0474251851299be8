import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { createCourier } from '../../../src/channels/courier.ts';
import { conversationIdOf, createInbox } from '../../../src/channels/inbox.ts';
import type { TeamsSettings } from '../../../src/channels/teams/settings.ts';
import { createTeams, type TeamsNeeds } from '../../../src/channels/teams/teams.ts';
import type { TakeClaim } from '../../../src/domain/escalation.ts';
import type { Wire } from '../../../src/domain/ports.ts';
import { errorAnswer, type Answer } from '../../../src/http/answer.ts';
import type { Call } from '../../../src/http/route.ts';
import { nobodyClaims } from '../../support/fakes.ts';
import { createWorld } from '../../support/world.ts';
import { appId, person, settings, startMicrosoft, tenant } from './far-end.ts';

/** How a test's site differs: in its settings, and in what takes “Claim” there. */
interface Differences extends Partial<TeamsSettings> {
  readonly claim?: TakeClaim;
}

/** The real bot with Teams in front of it, over real HTTP; Microsoft is on this machine. */
export async function startSite({ claim = nobodyClaims, ...differs }: Differences = {}) {
  const world = await createWorld('over-limit');
  const { clock, log, store, db } = world;
  const microsoft = await startMicrosoft(clock);
  const refused: string[] = [];
  const typing: string[] = [];
  const talks = new Set<string>();
  const inbox = createInbox({
    ...{ conversations: store, addresses: store.addresses, links: store.links, clock, messagesPer10s: 1e6 },
    answer: (id) => {
      talks.add(id);
      void world.queue.answer(id);
    },
    typing: (id) => {
      typing.push(id);
      void courier.typing(id);
    },
  });
  const forget: TeamsNeeds['forget'] = async (id, client, keep) => {
    await sql`update activities set activity = json_set(activity, '$.text', '') where conversation_id = ${id}
      and (client_id = ${client} or substr(client_id, 1, ${client.length + 1}) = ${`${client} `})
      and client_id is not ${keep}`.execute(db);
  };
  const random = { id: (length: number) => 'x'.repeat(length) };
  const needs = { clock, random, log, fetch: microsoft.fetch, refused: (why: string) => void refused.push(why) };
  const teams = createTeams(
    { ...settings, ...differs },
    { ...needs, inbox, conversations: store, forget, claim, ends: microsoft.ends },
  );
  const courier = createCourier({
    ...{ addresses: store.addresses, conversations: store, carriers: [teams.carrier], clock, random, log },
  });
  const listening = await listen(teams.routes[0]?.[2] ?? (() => errorAnswer(null)));

  async function post(body: unknown, authorization: string | null) {
    const headers = { 'content-type': 'application/json', ...(authorization !== null && { authorization }) };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(`${listening.url}/api/messages`, { method: 'POST', headers, body: text });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Wire };
  }

  return {
    ...{ world, microsoft, refused, typing, courier, inbox, teams, post, listening },
    activity: (over: Wire = {}) => activityOf(microsoft.base, over),
    /** What Teams posts, with a good token. */
    async deliver(over: Wire = {}) {
      return post(activityOf(microsoft.base, over), `Bearer ${await microsoft.token()}`);
    },
    /** Turns are taken and replies sent, until all is quiet. */
    async quiet() {
      await world.queue.idle();
      await Promise.all([...talks].map((id) => courier.wake(id)));
      await courier.idle();
    },
    stored: (place = 'a:one') => store.activitiesAfter(conversationIdOf('teams', `${tenant}|${place}`), 0, 1_000),
    /** What was sent to Teams as a person reads it. */
    told: () => microsoft.sent().map(({ body }) => wordsOf(body)),
    async close() {
      listening.close();
      microsoft.close();
      await world.close();
    },
  };
}

export type Site = Awaited<ReturnType<typeof startSite>>;

/** A message of a person in a personal chat, or differing from it. */
export function activityOf(serviceUrl: string, over: Wire = {}): Wire {
  return {
    ...{ type: 'message', id: '1485983408511', serviceUrl, channelId: 'msteams', textFormat: 'plain', text: 'hello' },
    ...{ timestamp: '2026-11-22T10:12:00.000Z', locale: 'en-US' },
    from: { id: '29:1XJKJMvc5GBtc2JwZq0oj8tHZmzrQgFmB39ATiQWA85g', name: 'Megan Bowen', aadObjectId: person },
    conversation: { conversationType: 'personal', tenantId: tenant, id: 'a:one' },
    recipient: { id: `28:${appId}`, name: 'Latchkey' },
    channelData: { tenant: { id: tenant } },
    attachments: [{ contentType: 'text/html', content: '<p>hello</p>' }],
    ...over,
  };
}

/** Every text in an activity, in order. */
export function wordsOf(value: unknown): string {
  const texts: string[] = [];
  const walk = (one: unknown): void => {
    if (Array.isArray(one)) one.forEach(walk);
    else if (typeof one === 'object' && one !== null)
      for (const [name, inner] of Object.entries(one))
        if (['text', 'title', 'value'].includes(name) && typeof inner === 'string') texts.push(inner);
        else if (name !== 'data') walk(inner);
  };
  walk(value);
  return texts.join('\n');
}

async function listen(handler: (call: Call) => Promise<Answer> | Answer) {
  const server = createServer((request, response) => {
    const answer = async () => handler(request as Call);
    void answer()
      .catch((error: unknown) => errorAnswer(error))
      .then(({ status, type, body, headers }) => {
        response.writeHead(status, { 'content-type': type, ...headers });
        response.end(body);
      });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
