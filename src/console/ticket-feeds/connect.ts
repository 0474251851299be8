import { z } from 'zod';
import { channelNames } from '../../domain/channels.ts';
import { SupportError } from '../../domain/errors.ts';
import type { Clock, Random, Store } from '../../domain/ports.ts';
import { text } from '../../domain/schemas.ts';
import { json } from '../../http/answer.ts';
import { readJson } from '../../http/read-json.ts';
import type { Route } from '../../http/route.ts';
import { parse } from '../api.ts';
import type { AuthGuard } from '../auth-guard.ts';
import type { UnlinkedPersonJson } from '../../tickets/console-json.ts';
import type { Claims, UnlinkedPerson } from './claims.ts';

/** What connecting is made from. */
export interface ConnectNeeds {
  readonly store: Pick<Store, 'connectedAgents' | 'audit'>;
  readonly auth: AuthGuard;
  readonly claims: Pick<Claims, 'unlinkedPersonOf'>;
  readonly clock: Clock;
  readonly random: Random;
}

/** After this an agent says again who they are in a channel. Without an address no list says whether they still are one. */
const connectedMs = { listed: 90 * 86_400_000, unlisted: 12 * 3_600_000 };
const asked = z.strictObject({ who: text(100) });

/** Where an agent who is signed in says that they are somebody in a channel; each throws `connect-expired`. */
export function connectRoutes({ store, auth, claims, clock, random }: ConnectNeeds): Route[] {
  function personIn(query: unknown): UnlinkedPerson {
    const person = claims.unlinkedPersonOf(parse(asked, query).who);
    if (!person) throw new SupportError('connect-expired');
    return person;
  }
  return [
    [
      'get',
      '/console/api/connect',
      async (call) => {
        await auth.agentOf(call, 'agent');
        const { channel, name } = personIn(Object.fromEntries(new URLSearchParams(call.getQuery())));
        return json({ channel: channelNames[channel], name } satisfies UnlinkedPersonJson);
      },
    ],
    [
      'post',
      '/console/api/connect',
      async (call) => {
        const agent = await auth.agentOf(call, 'agent');
        const { channel, channelUser, name } = personIn(await readJson(call));
        const detail = `${channelNames[channel]}: ${name} (${channelUser})`;
        // First the line: nobody is connected of whom the log does not know.
        await store.audit.add({ id: random.id(22), by: agent, action: 'connect', ticket: null, detail });
        const forMs = agent.email === null ? connectedMs.unlisted : connectedMs.listed;
        await store.connectedAgents.connect(channelUser, agent, clock.now() + forMs);
        return json({ channel: channelNames[channel], name } satisfies UnlinkedPersonJson);
      },
    ],
  ];
}
