import { createTurnHandler, type HandleTurn } from '../../../src/bot/handle-turn.ts';
import { readState, stateVersion, type State } from '../../../dialogs/memory.ts';
import type { InboundActivity, PendingActivity, TurnEffects } from '../../../src/domain/ports.ts';
import type { Snapshot } from '../../../src/domain/snapshot.ts';
import { unknownSnapshot } from '../../../src/domain/snapshot.ts';
import type { VerifiedSubject } from '../../../src/domain/subject.ts';
import type { FiledTicket, Ticket } from '../../../src/domain/ticket.ts';
import { createSearch } from '../../../src/knowledge/search.ts';
import { createWords } from '../../../src/knowledge/wording.ts';
import { at, snapshot } from '../../diagnosis/snapshots.ts';
import { content, fakeClock, keptLog } from '../../support/fakes.ts';
import { events, meanings, type WorldEvent } from './letters.ts';

/** The accounts between which a walk changes. */
const accounts = {
  'the account allows everything': snapshot(),
  'the account reached its limit': snapshot({ quotas: [{ meter: 'tokens', used: 9, limit: 9, resetsAt: at + 1e9 }] }),
  'the account has no seat': snapshot({ seat: 'none' }),
  'the account cannot be read': unknownSnapshot('verified', at),
} as const satisfies Partial<Record<WorldEvent, Snapshot>>;
type Account = keyof typeof accounts;

/** One state of a conversation, of the account, and of the ticket, with how the walk came there. */
export interface Node {
  readonly state: string | null;
  readonly account: Account;
  readonly isSignedIn: boolean;
  readonly ticket: FiledTicket | null;
  /** Looks in a row that brought no news. */
  readonly looks: number;
  readonly way: readonly string[];
}

/** What one turn stored, and the node behind it. */
export interface Turned {
  readonly node: Node;
  readonly letter: string;
  readonly effects: TurnEffects;
  readonly before: Node;
}

const subject = { userId: 'usr', accountId: 'acct', verifiedBy: 'signed-identity', name: 'Ada' } as VerifiedSubject;
const search = createSearch(content);
const customerWords = createWords(content, 'https://help.test', undefined, 'customer');
const agentWords = createWords(content, 'https://help.test', undefined, 'agents');

/** The conversation that a walk begins with. */
export function rootOf(account: Account, isSignedIn: boolean): Node {
  return { state: null, account, isSignedIn, ticket: null, looks: 0, way: [] };
}

/** What may happen next: every meaning, every button, every change. */
export function lettersOf({ state, ticket }: Node): string[] {
  const offered = stateIn(state)?.memory.offered ?? [];
  const happens = events.filter((one) => !one.startsWith('an agent') || ticket !== null);
  return [...meanings.keys(), ...offered.map(({ label }) => label), ...happens];
}

/** Lets one thing happen. A change outside is no turn, but for an agent who closes the ticket. */
export async function follow(before: Node, letter: string): Promise<Node | Turned> {
  const way = [...before.way, letter];
  if (letter in accounts) return { ...before, way, account: letter as Account, looks: 0 };
  if (letter === 'a deploy') {
    const old = before.state === null ? null : JSON.stringify({ ...(JSON.parse(before.state) as object), v: 0 });
    return { ...before, way, state: old };
  }
  if (letter === 'an agent claims the ticket') return { ...before, way, ticket: worked(before.ticket, 'claimed') };
  const closes = letter === 'an agent closes the ticket' && before.ticket;
  const activity: InboundActivity = closes
    ? { type: 'event', name: 'ticket-closed', ticket: closes.ticket.number, by: 'Ana Lopez', atDesk: false }
    : { type: 'message', text: letter };
  return turn({ ...before, way, ...(closes && { ticket: worked(closes, 'closed') }) }, letter, activity);
}

async function turn(before: Node, letter: string, activity: InboundActivity): Promise<Turned> {
  let effects: TurnEffects | undefined;
  const pending = { ...activity, seq: 1, at, author: 'dl_1', attempts: 1 } as PendingActivity;
  await handlerFor(before, (stored) => (effects = stored))(pending, 'talk');
  if (!effects) throw new Error(`nothing was stored: ${before.way.join(' → ')}`);
  const { state, ticket, withdrawnTicket, resolution } = effects;
  const opened = ticket ? file(ticket) : before.ticket;
  const work =
    withdrawnTicket !== null
      ? worked(opened, 'closed')
      : resolution?.solved === false
        ? worked(opened, 'waiting')
        : opened;
  return { before, letter, effects, node: { ...before, state: JSON.stringify(state), ticket: work } };
}

function handlerFor(before: Node, stored: (effects: TurnEffects) => void): HandleTurn {
  const store = {
    load: () =>
      Promise.resolve({
        id: 'talk',
        channel: 'direct-line',
        userId: 'dl_1',
        subject: before.isSignedIn ? subject : null,
        locale: 'en',
        shared: false,
        state: before.state,
        version: 1,
        answering: null,
      }),
    commit: (effects: TurnEffects) => Promise.resolve((stored(effects), [])),
  };
  let count = before.way.length;
  const services = {
    accounts: { read: () => Promise.resolve(accounts[before.account]) },
    catalog: content.catalog,
    clock: fakeClock(),
    random: { id: (length: number) => String((count += 1)).padStart(length, 'T') },
    recognizer: { recognize: (text: string) => Promise.resolve(meanings.get(text) ?? fail(text)) },
    search,
    tickets: {
      find: (number: string) => Promise.resolve(before.ticket?.ticket.number === number ? before.ticket : null),
      newestOf: () => Promise.resolve(before.ticket),
    },
    askInPrivate: () => Promise.resolve(false),
    expectedResponse: null,
    office: null,
    securityContact: null,
    wordsFor: () => customerWords,
    agentWords,
  };
  return createTurnHandler({ store, services, log: throwing() } as unknown as Parameters<typeof createTurnHandler>[0]);
}

/** A turn that fails is a counterexample by itself. */
function throwing() {
  return {
    ...keptLog(),
    error: ({ err }: { err?: Error }) => {
      throw err ?? new Error('a turn failed');
    },
  };
}

function fail(text: string): never {
  throw new Error(`no meaning stands for "${text}"`);
}

function file(ticket: Ticket): FiledTicket {
  const work = {
    state: 'waiting' as const,
    since: at,
    holder: null,
    trueCause: null,
    solved: null,
    ref: null,
    priority: 'normal' as const,
    waitsSince: null,
    unread: 0,
    mergedInto: null,
  };
  return { ticket, desk: 'built-in', deliveredAt: at, attempts: 1, dead: null, work };
}

function worked(filed: FiledTicket | null, state: 'claimed' | 'closed' | 'waiting'): FiledTicket | null {
  const holder = state === 'claimed' ? { id: 'ana', name: 'Ana Lopez' } : null;
  return filed && { ...filed, work: { ...filed.work, state, holder } };
}

/** A stored state, of whichever version it says that it is. */
export function stateIn(state: string | null): State | null {
  return state === null ? null : readState(JSON.stringify({ ...(JSON.parse(state) as object), v: stateVersion }));
}

/** What two nodes have in common that go on alike: no words, no numbers of tickets, no counts beyond what is counted. */
export function keyOf({ state, account, isSignedIn, ticket, looks }: Node): string {
  const stored = stateIn(state);
  const work = ticket?.work.state ?? null;
  if (!stored) return JSON.stringify([null, account, isSignedIn, work]);
  const { stack, memory } = stored;
  const { complaint, verdict, steps, feedback, ticket: open, outcome, language, topic, offered, asked } = memory;
  const remembered = {
    feature: complaint && [complaint.feature, complaint.features, complaint.otherPerson],
    verdict: verdict && [verdict.feature, verdict.primary?.cause ?? null],
    steps: steps.map(({ step }) => step),
    misses: Math.min(memory.misses, 2),
    offered: offered.map(({ means }) => means),
    answers: memory.answers.length > 0,
    contradictions: memory.contradictions.length > 0,
    tickets: memory.tickets.length,
    articles: memory.articles.length > 0,
    hasFeedback: feedback !== null,
    isOpen: open !== null,
  };
  const frames = stack.map(({ id, state: position }) => [id, withoutTickets(position)]);
  return JSON.stringify([frames, remembered, outcome, language, topic, asked, account, isSignedIn, work, looks]);
}

function withoutTickets(position: unknown): string {
  return JSON.stringify(position).replaceAll(/LK-[\w]+/g, 'LK');
}
