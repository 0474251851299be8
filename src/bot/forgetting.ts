import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from '../domain/errors.ts';
import type { Instant } from '../domain/instant.ts';
import type { Clock, Forgotten, Leases, Log, Place, Retention, RetentionDays } from '../domain/ports.ts';

/** What forgetting needs. */
export interface ForgettingNeeds {
  readonly retention: Retention;
  readonly leases: Leases;
  readonly days: RetentionDays;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds of this process alone, whatever the clock does; another one for tests. */
  readonly uptime?: () => number;
  /** Lets others go first, between two parts of the work; another one for tests. */
  readonly pause?: () => Promise<unknown>;
}

/** Forgets every night what was kept long enough. */
export interface Forgetting {
  /** Begins where a night has come of which nothing was done yet. Does not wait. */
  run(): void;
  /** Resolves when the part that is under way has ended; what is left is done by the next night. */
  stop(): Promise<void>;
}

const dayMs = 86_400_000;
/** The hour of this machine's day at which a night begins. */
const nightMs = 3 * 3_600_000;
/** So that no process does so that ends again and again. */
const firstAfterMs = 600_000;
/** A clock that jumps makes no night of its own. */
const leastApartMs = 12 * 3_600_000;
const pauseMs = 20;
const mostScrubs = 500;
const lease = 'forgetting';
/** Longer than one part takes. */
const partMs = 120_000;

/** After a start, and then every night: what was missed is caught up with. */
export function createForgetting(needs: ForgettingNeeds): Forgetting {
  const { clock, log, uptime = () => performance.now() } = needs;
  let mayBeginAt = uptime() + firstAfterMs;
  let last: number | null = null;
  let running: Promise<void> | null = null;
  const state = { isStopping: false };

  async function begin(night: number): Promise<void> {
    try {
      await forget(needs, state);
      last = night;
      mayBeginAt = uptime() + leastApartMs;
    } catch (error) {
      mayBeginAt = uptime() + firstAfterMs;
      // The store tells of that by itself.
      if (codeOf(error) !== 'store-unavailable') log.error({ err: error }, 'what was kept long enough is still kept');
    } finally {
      running = null;
    }
  }

  return {
    run() {
      const night = nightOf(clock.now());
      if (running || state.isStopping || uptime() < mayBeginAt || night === last) return;
      running = begin(night);
    },
    async stop() {
      state.isStopping = true;
      await running;
    },
  };
}

/** Counts the nights by the time of this machine. */
function nightOf(now: Instant): number {
  return Math.floor((now - new Date(now).getTimezoneOffset() * 60_000 - nightMs) / dayMs);
}

async function forget(needs: ForgettingNeeds, state: { readonly isStopping: boolean }): Promise<void> {
  const { retention, leases, days, clock, log, pause = () => sleep(pauseMs) } = needs;

  async function all(part: (after: Place | null) => Promise<Forgotten>): Promise<number> {
    let count = 0;
    for (let after: Place | null = null; !state.isStopping;) {
      // Another process goes on.
      if (!(await leases.hold(lease, partMs))) break;
      const done: Forgotten = await part(after);
      count += done.count;
      if (done.next === null) break;
      after = done.next;
      await pause();
    }
    return count;
  }

  if (!(await leases.hold(lease, partMs))) return;
  await retention.forgetExpired(clock.now());
  const night = await retention.night(clock.now());
  if (night === null) return;
  const before = (kept: number) => night - kept * dayMs;
  const { tickets: ticketDays, conversations: talkDays, screenshots: screenshotDays } = days;
  // Before the conversations that they keep.
  const tickets = ticketDays === null ? 0 : await all((after) => retention.forgetTickets(before(ticketDays), after));
  const conversations =
    talkDays === null ? 0 : await all((after) => retention.forgetConversations(before(talkDays), after));
  const screenshots =
    screenshotDays === null ? 0 : await all((after) => retention.forgetScreenshots(before(screenshotDays), after));
  if (tickets + conversations + screenshots === 0) return;
  for (let tried = 0; tried < mostScrubs && !(await retention.scrub()); tried += 1) await pause();
  log.info({ tickets, conversations, screenshots }, 'what was kept long enough was removed');
}
