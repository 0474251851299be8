import { z } from 'zod';
import type { RemovedKind } from '../domain/activity.ts';
import type { Agent, Role } from '../domain/agent.ts';
import { codeOf, errorCodes, SupportError } from '../domain/errors.ts';
import { text } from '../domain/schemas.ts';
import { priorities } from '../domain/ticket.ts';
import { json, type Answer } from '../http/answer.ts';
import { readJson } from '../http/read-json.ts';
import type { Route } from '../http/route.ts';
import type { ApiFailure, TicketActionName, TicketDetail } from '../tickets/console-json.ts';
import type { AgentActions } from './agent-actions.ts';
import { detail, numberOf, parse, type ApiNeeds } from './api.ts';

export interface ActionRouteNeeds extends Pick<ApiNeeds, 'store' | 'auth' | 'causes' | 'answerBy' | 'colleagues'> {
  readonly actions: AgentActions;
}

/** What is done to a ticket; the result is answered beside the ticket. */
type Act = (number: string, agent: Agent, body: unknown) => Promise<Pick<TicketDetail, 'removed'>>;

const longestText = 4_000;
const written = z.strictObject({ id: text(64), text: text(longestText) });
const claim = z.strictObject({ from: text(500).nullable() });
const assign = z.strictObject({ to: text(500), from: text(500).nullable() });
const rank = z.strictObject({ to: z.enum(priorities), from: z.enum(priorities) });
const merge = z.strictObject({ into: text(40) });
const seen = z.strictObject({ unread: z.int().min(0) });
const nothing = z.strictObject({}).optional();

/** What agents do with a ticket, below `/console/api/tickets/:number`; each answers the ticket as it is then. */
export function actionRoutes(needs: ActionRouteNeeds): Route[] {
  const { auth } = needs;
  return actsOf(needs).map(([name, role, act]) => [
    'post',
    `/console/api/tickets/:number/${name}`,
    async (call) => {
      const agent = await auth.agentOf(call, role);
      return answerAfter(needs, agent, numberOf(call), async (number) => act(number, agent, await readJson(call)));
    },
  ]);
}

function actsOf({
  actions,
  causes,
  colleagues,
}: ActionRouteNeeds): readonly (readonly [name: TicketActionName, needed: Role, act: Act])[] {
  const assignTo = async (number: string, by: Agent, { to: id, from }: z.infer<typeof assign>) => {
    const to = (await colleagues.list()).find((one) => one.id === id);
    if (!to) throw new SupportError('message-invalid', { detail: 'nobody of this id answers tickets' });
    await actions.assign(number, by, { to, from });
  };
  const close = z.strictObject({ cause: z.enum([...causes.map(({ slug }) => slug), 'none']) });
  return [
    ['claim', 'agent', (number, by, body) => quiet(actions.claim(number, by, parse(claim, body).from))],
    ['assign', 'agent', (number, by, body) => quiet(assignTo(number, by, parse(assign, body)))],
    ['priority', 'agent', (number, by, body) => quiet(actions.rank(number, by, parse(rank, body)))],
    ['merge', 'agent', (number, by, body) => quiet(actions.merge(number, by, parse(merge, body).into))],
    ['seen', 'agent', (number, by, body) => quiet(actions.see(number, by, parse(seen, body).unread))],
    ['release', 'agent', plain((number, by) => actions.release(number, by))],
    ['reply', 'agent', (number, by, body) => telling(actions.reply(number, by, parse(written, body)))],
    ['note', 'agent', (number, by, body) => telling(actions.note(number, by, parse(written, body)))],
    ['hand-back', 'agent', plain((number, by) => actions.handBack(number, by))],
    ['close', 'agent', (number, by, body) => quiet(actions.close(number, by, parse(close, body).cause))],
    ['reopen', 'agent', plain((number, by) => actions.reopen(number, by))],
    ['requeue', 'operator', plain((number, by) => actions.requeue(number, by))],
  ];
}

/** An action whose body is empty. */
function plain(act: (number: string, by: Agent) => Promise<void>): Act {
  return (number, by, body) => {
    parse(nothing, body);
    return quiet(act(number, by));
  };
}

async function quiet(acting: Promise<void>): Promise<Record<string, never>> {
  await acting;
  return {};
}

/** Tells what was taken out of a text. */
async function telling(acting: Promise<readonly RemovedKind[]>): Promise<Pick<TicketDetail, 'removed'>> {
  const removed = await acting;
  return removed.length > 0 ? { removed } : {};
}

/** Whoever was too late sees how the ticket stands now. */
async function answerAfter(
  needs: Pick<ApiNeeds, 'store' | 'answerBy'>,
  agent: Agent,
  number: string,
  act: (number: string) => ReturnType<Act>,
): Promise<Answer> {
  try {
    const beside = await act(number);
    return json({ ...(await detail(needs, number, agent)), ...beside } satisfies TicketDetail);
  } catch (error) {
    if (codeOf(error) !== 'ticket-changed') throw error;
    const changed = { code: 'ticket-changed', message: errorCodes['ticket-changed'] };
    return json({ error: changed, ticket: await detail(needs, number, agent) } satisfies ApiFailure, 409);
  }
}
