import type { Channel } from '../../../src/channels/channel.ts';
import { noHub, type HandOffSettings } from '../../../src/channels/direct-line/settings.ts';
import { conversationIdOf } from '../../../src/channels/inbound.ts';
import { createTeams } from '../../../src/channels/teams/index.ts';
import type { TeamsSettings } from '../../../src/channels/teams/settings.ts';
import type { Wire } from '../../../src/channels/wire.ts';
import type { HandleClaim } from '../../../src/domain/ticket-feed.ts';
import { countingRandom, fakeClock, keptLog } from '../../support/fakes.ts';
import { testParts } from '../../support/parts.ts';
import { createWorld, type Differs } from '../../support/world.ts';
import { needsAlone } from '../alone.ts';
import { metricsKey, quiet, refusalsOf, serve } from '../served.ts';
import { appId, person, settings, startMicrosoft, tenant, type Microsoft } from './far-end.ts';

/** The whole product, connected with Teams, over real HTTP; Microsoft is on this machine. */
export async function startSite(
  differs: Partial<TeamsSettings> = {},
  { handOff = noHub, ...parts }: Omit<Differs, 'clock'> & { readonly handOff?: HandOffSettings } = {},
) {
  const clock = fakeClock();
  const microsoft = await startMicrosoft(clock);
  const usual = testParts({ clock, random: countingRandom(), log: keptLog() }).config;
  const config = { ...usual, channels: { ...usual.channels, teams: { ...settings, ...differs } }, handOff, metricsKey };
  const { endpoints, fetch: fetchThere } = microsoft;
  const world = await createWorld('over-limit', undefined, undefined, {
    ...{ clock, config, microsoft: endpoints, fetch: fetchThere, ...parts },
  });
  const { store, product, log } = world;
  const server = await serve(product, { config, log });

  async function post(body: unknown, authorization: string | null) {
    const headers = { 'content-type': 'application/json', ...(authorization !== null && { authorization }) };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(`${server.url}/api/messages`, { method: 'POST', headers, body: text });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Wire };
  }

  return {
    ...{ world, product, microsoft, post },
    activity: (over: Wire = {}) => activityOf(microsoft.base, over),
    /** What Teams posts, with a good token. */
    async deliver(over: Wire = {}) {
      return post(activityOf(microsoft.base, over), `Bearer ${await microsoft.token()}`);
    },
    quiet: () => quiet(product),
    /** Why posts were refused. */
    refused: () => refusalsOf(product, 'teams'),
    stored: (place = 'a:one') => store.activitiesAfter(conversationIdOf('teams', `${tenant}|${place}`), 0, 1_000),
    /** What was sent to Teams as a person reads it. */
    told: () => microsoft.sent().map(({ body }) => wordsOf(body)),
    async close() {
      await server.stop();
      microsoft.close();
      await world.close();
    },
  };
}

export type Site = Awaited<ReturnType<typeof startSite>>;

/** The channel by itself, with tickets in one of its channels: only "Claim" leads to something. */
export function createTeamsAlone(microsoft: Microsoft, escalations: string, claim: HandleClaim): Channel {
  const { endpoints, fetch: fetchThere } = microsoft;
  return createTeams({ ...settings, escalations }, { ...needsAlone(), endpoints, fetch: fetchThere, claim });
}

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

/** The data of our buttons in a message. */
export function executesIn(body: Wire): { seq: number; label: string }[] {
  const found: { seq: number; label: string }[] = [];
  JSON.stringify(body, (_, value: unknown) => {
    const one = value as { type?: unknown; data?: { seq: number; label: string } } | null;
    if (one?.type === 'Action.Execute' && one.data) found.push(one.data);
    return value;
  });
  return found;
}
