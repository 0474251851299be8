import { httpGet } from '../../src/accounts/get.ts';
import { sql } from 'kysely';
import { createCarefulGet } from '../../src/accounts/careful-get.ts';
import { composeAccounts } from '../../src/accounts/compose.ts';
import { createSources } from '../../src/accounts/index.ts';
import { createTurns } from '../../src/bot.ts';
import { draw } from '../../src/channels/direct-line/draw.ts';
import { toStored } from '../../src/channels/stored.ts';
import { sampleSummary } from '../../src/demo/sample-status-page.ts';
import type { SampleCustomer } from '../../src/demo/customers.ts';
import { createBuiltInDesk } from '../../src/desks/built-in.ts';
import { createAgentActions, type AgentActions } from '../../src/console/agent-actions.ts';
import { createDelivery } from '../../src/desks/deliver.ts';
import type { Person } from '../../src/domain/agent.ts';
import { SupportError } from '../../src/domain/errors.ts';
import type { Denial } from '../../src/domain/subject.ts';
import type { Desk, Store, StoredActivity } from '../../src/domain/ports.ts';
import { createSearch } from '../../src/knowledge/search.ts';
import { createWords } from '../../src/knowledge/wording.ts';
import { createTurnQueue } from '../../src/queue.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { createStore } from '../../src/store/store.ts';
import {
  accountApiKey,
  accountApiUrl,
  fakeAccountApi,
  fakeStatusPage,
  statusPageUrl,
  type AccountAnswer,
} from './account-api.ts';
import { customerNamed } from './customers.ts';
import { content, countingRandom, fakeClock, keptLog, recognizer } from './fakes.ts';

/** Where the customer writes; `linked`: it is known there whose account it is. */
export interface Place {
  readonly channel: string;
  readonly shared: boolean;
  readonly linked: boolean;
}

export type World = Awaited<ReturnType<typeof createWorld>>;

/** One conversation with the real bot, dialogs, recognizer, content and embedded store; only the far ends are fakes. */
export async function createWorld(customerName: string, denial?: Denial, at: Partial<Place> = {}) {
  const { channel = 'direct-line', shared = false, linked = true } = at;
  const clock = fakeClock();
  const log = keptLog();
  const random = countingRandom();
  const customer = customerNamed(customerName);
  const state = { api: 'up', desk: 'up', automations: 'up', account: customer };
  const settings = {
    accountApi: { url: accountApiUrl, key: accountApiKey },
    stripe: null,
    statusPage: { url: statusPageUrl },
  };
  const api = fakeAccountApi((accountId, userId) => answerAs(state.api, state.account, accountId, userId, clock.now()));
  fakeStatusPage(() => sampleSummary(clock.now(), state.automations === 'down'));
  const db = openSqlite(':memory:');
  const store = await createStore(db, clock, 'built-in');
  const builtIn = createBuiltInDesk(store.queue);
  const desk: Desk = {
    name: builtIn.name,
    take(ticket, options) {
      if (state.desk === 'up') return builtIn.take(ticket, options);
      return Promise.reject(new SupportError(state.desk === 'refusing' ? 'desk-refused' : 'desk-unavailable'));
    },
  };
  // Each round by itself: a talk does not wait for a desk to be asked again.
  const deliver = () => createDelivery({ outbox: store.outbox, desk, clock, random, log })();
  const services = {
    accounts: composeAccounts(createSources(settings, content.catalog), {
      startReading: createCarefulGet({ get: httpGet, sleep: () => Promise.resolve(), clock, random, log }),
      clock,
      log,
    }),
    catalog: content.catalog,
    clock,
    random,
    recognizer: recognizer(),
    search: createSearch(content.articles),
    tickets: store.tickets,
    wordsFor: () => createWords(content, 'https://help.test', undefined),
  };
  const outlet = {
    draw: (reply: Parameters<typeof draw>[0]) => draw(reply, clock),
    publish: () => undefined,
    changed: () => undefined,
  };
  const queueOver = (over: Store) => createTurnQueue(over, createTurns({ store: over, services, outlet, log }), log);
  const queue = queueOver(store);
  const id = 'talk';
  const subject = customer && { ...customer.person, verifiedBy: 'signed-identity' as const, denial };
  const known = linked && !shared ? subject : null;
  await store.open({ id, channel, userId: 'dl_customer', subject: known, locale: 'en', shared });
  const actions = createAgentActions({
    ...{ store, random, clock, draw: outlet.draw, publish: outlet.publish, changed: outlet.changed },
    say: (line, facts) => createWords(content, 'https://help.test', undefined).line(line, facts),
    answer: () => undefined,
  });
  let sent = 0;
  let seen = 0;

  async function answered(): Promise<StoredActivity[]> {
    await queue.answer(id);
    if (state.desk !== 'down') await deliver();
    return since();
  }

  /** What the customer has not seen yet of what was said to them. */
  async function since(): Promise<StoredActivity[]> {
    const all = await store.activitiesAfter(id, seen, 1000);
    seen = all.at(-1)?.seq ?? seen;
    return all.filter(({ activity }) => (activity.from as { role?: string } | undefined)?.role === 'bot');
  }

  /** As when the customer sends a code that is right. */
  async function link(): Promise<void> {
    if (subject) await store.identify(id, subject);
    await store.receive(id, 'code', { type: 'event', name: 'linked' });
  }

  return {
    id,
    clock,
    db,
    log,
    store,
    queue,
    /** One more queue of turns over the same store, as of another process. */
    queueOver,
    api,
    deliver,
    /** What the bot says by itself. */
    answered,
    /** The customer opens the chat. */
    async begin() {
      await store.receive(id, 'start', { type: 'conversationUpdate' });
      return answered();
    },
    async write(text: string) {
      sent += 1;
      const activity = toStored({ text, files: 0, clientActivityId: null }, 'dl_customer', clock.now());
      await store.receive(id, `client:${sent}`, activity);
      return answered();
    },
    /** An agent does something with the newest ticket; what the customer sees of it. */
    async agent(does: string, name = 'Ana Lopez') {
      await doAs(actions, { id: name, name }, await newestNumber(store), does);
      return answered();
    },
    /** Changes the world outside: `account of all-good`, `api down`, `desk up`, `feedback down`, `a deploy`, `1 hour later`. */
    async change(what: string) {
      const [, account] = /^account of (.+)$/.exec(what) ?? [];
      if (account !== undefined) state.account = customerNamed(account);
      else if (what === 'a code links them') await link();
      else if (what === 'feedback down') await sql`drop table feedback`.execute(db);
      else if (what === 'a deploy') await makeStateOld(db);
      else if (/^\d+ hours? later$/.test(what)) {
        clock.forward(parseInt(what) * 3_600_000);
        if (state.desk === 'up') await deliver();
      } else if (/^automations \w+$/.test(what)) state.automations = what.slice(12);
      else if (/^api \w+$/.test(what)) state.api = what.slice(4);
      else if (/^desk \w+$/.test(what)) state.desk = what.slice(5);
      else throw new Error(`the world cannot change so: "${what}"`);
    },
    async close() {
      api.close();
      await store.close();
    },
  };
}

async function newestNumber(store: Store): Promise<string> {
  const [filed] = await store.tickets.newest(1);
  return filed?.ticket.number ?? 'none';
}

/** `claims`, `puts back`, `says: …`, `notes: …`, `hands back`, `closes as <cause>`, `opens again`. */
async function doAs(actions: AgentActions, by: Person, ticket: string, does: string): Promise<void> {
  const [, verb = does, text = ''] = /^(says|notes|closes as):? (.+)$/.exec(does) ?? [];
  const written = { id: text, text };
  if (verb === 'claims') await actions.claim(ticket, by, null);
  else if (verb === 'puts back') await actions.release(ticket, by);
  else if (verb === 'says') await actions.reply(ticket, by, written);
  else if (verb === 'notes') await actions.note(ticket, by, written);
  else if (verb === 'hands back') await actions.handBack(ticket, by);
  else if (verb === 'closes as') await actions.close(ticket, by, text);
  else if (verb === 'opens again') await actions.reopen(ticket, by);
  else throw new Error(`an agent cannot do so: "${does}"`);
}

function answerAs(
  api: string,
  as: SampleCustomer | null,
  accountId: string,
  userId: string,
  now: number,
): AccountAnswer {
  if (api === 'down') return 'refused';
  if (api === 'garbage') return { status: 200, body: '<html>503</html>' };
  if (typeof as?.access !== 'function')
    return { status: 404, body: { error: { code: as?.access ?? 'account_not_found' } } };
  const body = as.access(now) as { account: { id: string }; user: { id: string }; usage?: unknown };
  body.account.id = accountId;
  body.user.id = userId;
  if (api === 'partial') delete body.usage;
  return { status: 200, body };
}

/** What the state looks like after a deploy that changed its version. */
async function makeStateOld(db: ReturnType<typeof openSqlite>): Promise<void> {
  await sql`update conversations set state = replace(state, '"v":3', '"v":2')`.execute(db);
}
