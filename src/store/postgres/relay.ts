import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { z } from 'zod';
import type { Events } from '../../domain/events.ts';
import { parseJson } from '../../domain/parse-json.ts';
import type { Log } from '../../domain/ports.ts';
import { clientSettings, type PostgresSettings } from './pool.ts';

/** What processes tell each other. */
export interface Relay {
  /** Resolves when it has told what was left, or cannot. */
  stop(): Promise<void>;
}

/** What the relay is made from; `owner` names this process. */
export interface RelayNeeds {
  readonly settings: PostgresSettings;
  readonly events: Events;
  readonly owner: string;
  readonly log: Pick<Log, 'info' | 'warn'>;
}

const channel = 'latchkey';
/** What is stored in so many milliseconds is told together: each telling costs as much as a statement of a turn. */
const gatherMs = 10;
/** PostgreSQL takes less than 8,000 bytes; an id has 130 at the most. */
const idsAtOnce = 50;
/** What could not be told for so long is found by whoever looks. */
const mostWaiting = 10_000;
/** A connection that is silently gone is noticed by then. Milliseconds. */
const beatEveryMs = 10_000;
const againMs = { first: 250, most: 5_000 };

const notice = z.strictObject({
  from: z.string(),
  what: z.enum([
    'stored',
    'ticket',
    'gone',
    'signed-out',
    'opened',
    'reading-changed',
    'customer-typing',
    'person-typing',
  ]),
  /** Of `opened`: names of sources. */
  ids: z.array(z.string()),
});
type Notice = z.infer<typeof notice>;

/**
 * Tells the other processes by NOTIFY, in ids alone, what this one stored, and tells here what they did. It makes them faster
 * and nothing more: what is not heard is found by whoever looks.
 */
export function startRelay({ settings, events, owner, log }: RelayNeeds): Relay {
  const waiting: Record<Notice['what'], Set<string>> = {
    ...{ stored: new Set(), ticket: new Set(), gone: new Set(), 'signed-out': new Set(), opened: new Set() },
    ...{ 'reading-changed': new Set(), 'customer-typing': new Set(), 'person-typing': new Set() },
  };
  let client: pg.Client | null = null;
  /** It is connected, or was tried. */
  const first = Promise.withResolvers<undefined>();
  const state = { isTelling: false, isHearing: false, isHeard: true, isStopped: false };

  function add(what: Notice['what'], ids: readonly string[]): void {
    // What is heard here was told by another.
    if (state.isHearing) return;
    const set = waiting[what];
    for (const id of ids) if (set.size < mostWaiting) set.add(id);
    if (!state.isTelling) {
      state.isTelling = true;
      setTimeout(() => void tell(), gatherMs);
    }
  }
  events.on('activities-stored', (id) => add('stored', [id]));
  events.on('ticket-changed', (ticket) => add('ticket', [ticket]));
  events.on('conversations-gone', (ids) => add('gone', ids));
  for (const what of ['signed-out', 'reading-changed', 'customer-typing', 'person-typing'] as const)
    events.on(what, (id) => add(what, [id]));
  events.on('breaker-changed', (source, to) => {
    if (to === 'open') add('opened', [source]);
  });

  async function tell(): Promise<void> {
    try {
      for (let next = nextNotice(); next && client; next = nextNotice()) {
        await notify(client, next);
      }
    } catch {
      // It is told again when the connection is back.
    } finally {
      state.isTelling = false;
    }
  }

  async function notify(by: pg.Client, told: Notice): Promise<void> {
    const set = waiting[told.what];
    // First: what is stored meanwhile is told again, for whoever heard of this may have looked already.
    for (const id of told.ids) set.delete(id);
    try {
      await by.query('select pg_notify($1, $2)', [channel, JSON.stringify(told)]);
    } catch (error) {
      for (const id of told.ids) set.add(id);
      throw error;
    }
  }

  function nextNotice(): Notice | null {
    for (const [what, ids] of Object.entries(waiting) as [Notice['what'], Set<string>][])
      if (ids.size > 0) return { from: owner, what, ids: [...ids].slice(0, idsAtOnce) };
    return null;
  }

  function hear(payload: string | undefined): void {
    const { data } = notice.safeParse(parseJson(payload ?? ''));
    if (!data || data.from === owner) return;
    state.isHearing = true;
    try {
      if (data.what === 'gone') events.emit('conversations-gone', data.ids);
      else for (const id of data.ids) events.emit(heardAs[data.what], id);
    } finally {
      state.isHearing = false;
    }
  }

  async function connect(): Promise<pg.Client> {
    const connecting = new pg.Client({ ...clientSettings(settings), statement_timeout: 0 });
    connecting.on('error', () => undefined);
    connecting.on('notification', ({ payload }) => hear(payload));
    await connecting.connect();
    try {
      await connecting.query(`listen ${channel}`);
    } catch (error) {
      await connecting.end().catch(() => undefined);
      throw error;
    }
    return connecting;
  }

  /** Until it is gone. */
  async function keep(connected: pg.Client): Promise<void> {
    client = connected;
    first.resolve(undefined);
    if (!state.isHeard) log.info({}, 'other processes are heard again');
    state.isHeard = true;
    const { promise: gone, resolve: goes } = Promise.withResolvers<undefined>();
    connected.once('end', () => goes(undefined));
    const beat = setInterval(() => void connected.query('select 1').catch(() => goes(undefined)), beatEveryMs);
    // Whatever was told meanwhile was not heard.
    events.emit('ticket-changed-elsewhere', '');
    await tell();
    // Whoever stopped meanwhile saw no connection to end.
    if (state.isStopped) await connected.end();
    await gone;
    clearInterval(beat);
    client = null;
    await connected.end().catch(() => undefined);
  }

  const isRunning = () => !state.isStopped;

  async function run(): Promise<void> {
    for (let waitMs = againMs.first; isRunning(); waitMs = Math.min(waitMs * 2, againMs.most)) {
      try {
        await keep(await connect());
        waitMs = againMs.first;
      } catch (error) {
        first.resolve(undefined);
        if (state.isHeard) log.warn({ err: error }, 'other processes are not heard now: what they store is looked for');
        state.isHeard = false;
      }
      if (isRunning()) await sleep(waitMs, undefined, { ref: false });
    }
  }
  void run();

  return {
    async stop() {
      state.isStopped = true;
      await first.promise;
      await tell();
      await client?.end();
    },
  };
}

const heardAs = {
  stored: 'stored-elsewhere',
  ticket: 'ticket-changed-elsewhere',
  'signed-out': 'signed-out',
  opened: 'breaker-opened-elsewhere',
  'reading-changed': 'reading-changed',
  'customer-typing': 'customer-typing',
  'person-typing': 'person-typing',
} as const;
