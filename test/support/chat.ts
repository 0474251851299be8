import type { Denial } from '../../src/domain/subject.ts';
import type { FiledTicket, Ticket } from '../../src/domain/ticket.ts';
import { parse } from 'yaml';
import type { StoredActivity, StoredReply } from '../../src/domain/ports.ts';
import { feedbackIn } from './feedback.ts';
import { createWorld, type Differs, type Place, type World } from './world.ts';

const column = 10;

/** Runs a `.chat` and gives it back as it was observed: what customers write and what changes, with the bot's real turns. */
export async function observe(
  chat: string,
  see: (activity: StoredActivity) => void = () => undefined,
  differs: Differs = {},
): Promise<string> {
  const [, head = '', script = ''] = /^---\n([^]*?)---\n([^]*)$/.exec(chat) ?? [];
  const {
    customer = 'nobody',
    denial,
    faults = {},
    unconfirmed = false,
    denied,
    ...place
  } = (parse(head) ?? {}) as {
    customer?: string;
    denial?: Denial;
    faults?: Record<string, string>;
    unconfirmed?: boolean;
    /** What the page says, unsigned, that it refused. */
    denied?: Denial;
  } & Partial<Place>;
  const world = await createWorld(customer, denial, place, differs);
  try {
    for (const [what, how] of Object.entries(faults)) await world.change(`${what} ${how}`);
    const lines = script.split('\n');
    const observed: string[] = [];
    const greeting = await world.begin({ unconfirmed, denial: denied });
    if (lines.some((line) => line.startsWith('opens:'))) observed.push('opens:    the chat', ...told(greeting));
    for (const line of lines) observed.push(...(await play(world, line)));
    for (const one of await world.store.activitiesAfter(world.id, 0, 1000)) see(one);
    return `---\n${head}---\n${observed.join('\n')}\n`;
  } finally {
    await world.close();
  }
}

async function play(world: World, line: string): Promise<string[]> {
  const [, kind, words = ''] = /^(customer|rates|agent|world|ticket|outcome|feedback): *(.*)$/.exec(line) ?? [];
  if (kind === 'customer') return [line, ...told(await world.write(words))];
  if (kind === 'rates') return [line, ...told(await world.rate(words))];
  if (kind === 'agent') return [line, ...told(await world.agent(words))];
  if (kind === 'world') {
    await world.change(words);
    // Of all changes only this one speaks for the customer.
    return words === 'a code links them' ? [line, ...told(await world.answered())] : [line];
  }
  if (kind === 'ticket') return [`ticket:   ${await newestTicket(world)}`];
  if (kind === 'feedback') return [`feedback: ${await feedbackOf(world)}`];
  if (kind === 'outcome') return [`outcome:  ${await outcomeOf(world)}`];
  return [];
}

function told(replies: readonly StoredReply[]): string[] {
  return replies.flatMap(({ reply }) => {
    const text = reply.text.split('\n').filter((line) => line !== '');
    const buttons = reply.actions.length > 0 ? [`[${reply.actions.map(({ label }) => label).join(' | ')}]`] : [];
    // A person by their first name.
    const who = reply.kind === 'person' ? reply.name.split(' ')[0] : 'bot';
    const speaker = `${who ?? ''}:`.padEnd(column);
    return [...text, ...buttons].map((line, i) => (i === 0 ? speaker : ' '.repeat(column)) + line);
  });
}

async function newestTicket(world: World): Promise<string> {
  const [filed] = await world.store.tickets.newest(1);
  if (!filed) return 'none';
  const { verdict, problem, priority } = filed.ticket;
  return [
    verdict.cause ?? '-',
    verdict.class,
    problem.feature ?? '-',
    filed.deliveredAt === null ? 'waiting' : 'delivered',
    ...workOf(filed),
    ...(priority === 'high' ? ['high priority'] : []),
    ...cluesOf(filed.ticket),
    ...sidesOf(filed.ticket),
  ].join(' · ');
}

/** Who has it, and what became of it. */
function workOf({ dead, work: { state, holder, trueCause, solved } }: FiledTicket): string[] {
  const told = [
    dead && 'dead letter',
    state === 'claimed' && `claimed by ${holder?.name ?? '?'}`,
    state === 'closed' && `closed as ${trueCause ?? '?'}`,
    solved !== null && (solved ? 'solved' : 'not solved'),
  ];
  return told.filter((one) => typeof one === 'string');
}

/** What is on the ticket only when it was said: details, and another language. */
function cluesOf({ problem, language }: Ticket): string[] {
  const { errorCode, requestId, time } = problem;
  return [errorCode, requestId, time, language === 'en' ? null : language].filter((clue) => clue !== null);
}

/** What the customer says besides, or against the account. */
function sidesOf({ problem, who, contradictions = [], answers }: Ticket): string[] {
  return [
    ...(problem.topic === undefined ? [] : [`about: ${problem.topic}`]),
    ...(who.otherPerson === undefined ? [] : [`for: ${who.otherPerson}`]),
    ...(who.unverifiedContact === undefined ? [] : ['with a contact']),
    ...contradictions.map(({ said }) => `says: ${said}`),
    ...answers.map(({ answer }) => `answers: ${answer}`),
  ];
}

async function outcomeOf({ db, id }: World): Promise<string> {
  const rows = await db
    .selectFrom('outcomes')
    .select('outcome')
    .where('conversation_id', '=', id)
    .orderBy('complaint')
    .execute();
  return rows.map((row) => row.outcome).join(', ') || 'none';
}

async function feedbackOf({ db, id }: World): Promise<string> {
  const rows = (await feedbackIn(db)).filter((row) => row.conversation_id === id);
  const words = rows.map(({ answered, reason, cause, article }) =>
    [answered ? 'yes' : 'no', reason, cause, article].filter((one) => one !== null).join(' · '),
  );
  return words.join(', ') || 'none';
}
