import { z } from 'zod';
import type { Agent } from '../domain/agent.ts';
import type { AuditAction } from '../domain/audit.ts';
import type { Random, Store } from '../domain/ports.ts';
import { text } from '../domain/schemas.ts';
import { json } from '../http/answer.ts';
import { readJson } from '../http/read-json.ts';
import type { Call, Route } from '../http/route.ts';
import type { ErasedJson, PersonJson } from '../tickets/console-json.ts';
import { parse } from './api.ts';
import type { AuthGuard } from './auth-guard.ts';

/** What looking for one person's data needs. */
export interface PersonNeeds {
  readonly store: Pick<Store, 'persons' | 'audit'>;
  readonly auth: AuthGuard;
  readonly random: Random;
}

const who = z.strictObject({ account: text(500), user: text(500) });

/** Everything about one person, to be given to them or erased; the body says who, so that no address does. */
export function personRoutes({ store, auth, random }: PersonNeeds): Route[] {
  /** It is remembered before it is done: without an entry nothing is. Who it was about is not: that is to be forgotten. */
  async function remember({ id, name }: Agent, action: AuditAction): Promise<void> {
    await store.audit.add({ id: random.id(22), by: { id, name }, action, ticket: null, detail: null });
  }

  async function personIn(call: Call) {
    const { account: accountId, user: userId } = parse(who, await readJson(call));
    return { accountId, userId };
  }

  return [
    [
      'post',
      '/console/api/person/export',
      async (call) => {
        const agent = await auth.agentOf(call, 'operator');
        const person = await personIn(call);
        await remember(agent, 'export-person');
        return json({ person, tables: await store.persons.find(person) } satisfies PersonJson);
      },
    ],
    [
      'post',
      '/console/api/person/erase',
      async (call) => {
        const agent = await auth.agentOf(call, 'operator');
        const person = await personIn(call);
        await remember(agent, 'erase-person');
        return json((await store.persons.erase(person)) satisfies ErasedJson);
      },
    ],
  ];
}
