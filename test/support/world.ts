import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { httpGet } from '../../src/accounts/http-get.ts';
import { createSources } from '../../src/accounts/index.ts';
import { createAccountReader } from '../../src/accounts/read-account.ts';
import { createResilientGet } from '../../src/accounts/resilient-get.ts';
import { createFindRatedAnswer, reasonOf } from '../../src/channels/rated-answers.ts';
import { toMessage } from '../../src/channels/customer-message.ts';
import type { AgentActions } from '../../src/console/agent-actions.ts';
import type { SampleCustomer } from '../../src/demo/customers.ts';
import { sampleSummary } from '../../src/demo/sample-status-page.ts';
import { createBuiltInDesk } from '../../src/desks/built-in/index.ts';
import { createDelivery } from '../../src/desks/deliver.ts';
import type { ClientFacts } from '../../src/domain/activity.ts';
import type { Person } from '../../src/domain/agent.ts';
import { SupportError } from '../../src/domain/errors.ts';
import { createEvents } from '../../src/domain/events.ts';
import type { Desk, InboundActivity, Store, StoredReply } from '../../src/domain/ports.ts';
import type { Denial } from '../../src/domain/subject.ts';
import type { Parts } from '../../src/parts.ts';
import { assemble } from '../../src/product.ts';
import { createStore } from '../../src/store/index.ts';
import type { StoreDatabase } from '../../src/store/store-database.ts';
import {
  accountApiKey,
  accountApiUrl,
  fakeAccountApi,
  fakeStatusPage,
  statusPageUrl,
  type AccountAnswer,
} from './account-api.ts';
import { customerNamed } from './customers.ts';
import { openDatabase } from './databases.ts';
import { content, countingRandom, fakeClock, keptLog } from './fakes.ts';
import { testParts } from './parts.ts';

/** Where the customer writes; `linked`: it is known there whose account it is. */
export interface Place {
  readonly channel: string;
  readonly shared: boolean;
  readonly linked: boolean;
}

interface Opening extends Pick<ClientFacts, 'locale'> {
  readonly unconfirmed?: boolean;
  readonly denial?: Denial | undefined;
}

export type World = Awaited<ReturnType<typeof createWorld>>;

/** How the product of a world differs from a chat on a page of our demo: in its channels, or in whose it is. */
export interface Differs extends Partial<Parts> {
  readonly customers?: readonly SampleCustomer[];
  readonly clock?: ReturnType<typeof fakeClock>;
}

/** One conversation with the real product, its recognizer, content and embedded store; only the far ends are fakes. */
export async function createWorld(
  customerName: string,
  denial?: Denial,
  at: Partial<Place> = {},
  differs: Differs = {},
) {
  const { channel = 'direct-line', shared = false, linked = true } = at;
  const { clock = fakeClock() } = differs;
  const log = keptLog();
  const random = countingRandom();
  const { customers, ...partsThatDiffer } = differs;
  const customer = customerNamed(customerName, customers);
  const state = { api: 'up', desk: 'up', automations: 'up', account: customer };
  const settings = {
    accountApi: { url: accountApiUrl, key: accountApiKey },
    stripe: null,
    statusPage: { url: statusPageUrl },
  };
  const api = fakeAccountApi((accountId, userId, object) =>
    answerAs(state, { accountId, userId, object }, clock.now()),
  );
  fakeStatusPage(() => sampleSummary(clock.now(), state.automations === 'down'));
  const events = createEvents();
  const db = await openDatabase();
  const store = await createStore(db, { clock, random: countingRandom(), events, desk: 'built-in', feeds: [] });
  const builtIn = createBuiltInDesk(store.queue);
  const desk: Desk = {
    name: builtIn.name,
    take(ticket, options) {
      if (state.desk === 'up') return builtIn.take(ticket, options);
      return Promise.reject(new SupportError(state.desk === 'refusing' ? 'desk-refused' : 'desk-unavailable'));
    },
    add: (...later) => builtIn.add(...later),
  };
  const startReading = createResilientGet({ get: httpGet, sleep: () => sleep(0), clock, random, log });
  const parts = {
    ...testParts({ clock, log, random }),
    url: 'https://help.test',
    accounts: createAccountReader(createSources(settings, (differs.content ?? content).catalog), {
      startReading,
      clock,
      log,
    }),
    store,
    events,
    desk,
    ...partsThatDiffer,
  };
  const product = await assemble(parts);
  const { turns, agentActions } = product;
  // Each round by itself: a talk does not wait for a desk to be asked again.
  const deliver = () => createDelivery({ outbox: store.outbox, desk, clock, random, log })();
  const id = 'talk';
  const refused = customer?.object === undefined ? denial : { ...denial, object: customer.object };
  const subject = customer && { ...customer.person, verifiedBy: 'signed-identity' as const, denial: refused };
  const known = linked && !shared ? subject : null;
  await store.open({ id, channel, userId: 'dl_customer', subject: known, locale: 'en', shared });
  let sent = 0;
  let seen = 0;

  async function answered(): Promise<StoredReply[]> {
    await turns.answer(id);
    if (state.desk !== 'down') await deliver();
    return since();
  }

  /** What the customer has not seen yet of what was said to them. */
  async function since(): Promise<StoredReply[]> {
    const all = await store.activitiesAfter(id, seen, 1000);
    seen = all.at(-1)?.seq ?? seen;
    return all.filter((one) => one.type === 'reply');
  }

  const receive = (clientId: string, activity: InboundActivity) =>
    store.receive(id, { clientId, author: 'dl_customer', activity });

  /** As when the customer sends a code that is right. */
  async function link(): Promise<void> {
    if (subject) await store.identify(id, subject);
    await receive('code', { type: 'event', name: 'linked' });
  }

  return {
    id,
    clock,
    db,
    log,
    store,
    product,
    turns,
    /** Turns over another store, or over the same one in another process. */
    turnsOver: async (over: Store) => (await assemble({ ...parts, store: over, events: createEvents() })).turns,
    api,
    deliver,
    /** What the bot says by itself. */
    answered,
    /** The customer opens the chat. */
    async begin({ unconfirmed = false, denial: told, locale }: Opening = {}) {
      const opened = { ...(unconfirmed && { unconfirmed }), ...(told && { denial: told }), locale };
      await receive('start', { type: 'event', name: 'opened', ...opened });
      return answered();
    },
    async write(text: string, told: ClientFacts = {}) {
      sent += 1;
      await receive(`client:${sent}`, { ...toMessage({ text, files: 0, clientActivityId: null }), ...told });
      return answered();
    },
    /** What the customer says of an answer by the means of their client: `no`, `first no: too long`, `no, and is asked why`. */
    async rate(what: string) {
      const [, first, said, reason, asked] = /^(first )?(yes|no)(?:: (.+)|(, and is asked why))?$/.exec(what) ?? [];
      const asking = (await store.activitiesAfter(id, 0, 1000)).filter(
        (one) => one.type === 'reply' && one.reply.kind === 'feedback',
      );
      const found = await createFindRatedAnswer(store)(id, first === undefined ? null : (asking[0]?.seq ?? null));
      if (!found) throw new Error('no answer can be judged');
      sent += 1;
      const rated = { of: found.of, answered: said === 'yes', reason: reasonOf(reason), asking: asked !== undefined };
      await receive(`rated:${sent}`, { type: 'event', name: 'answer-rated', ...rated });
      return answered();
    },
    /** An agent does something with the newest ticket; what the customer sees of it. */
    async agent(does: string, name = 'Ana Lopez') {
      await doAs(agentActions, { id: name, name }, await newestNumber(store), does);
      return answered();
    },
    /** Changes the world outside: `account of all-good`, `api down`, `desk up`, `feedback down`, `a deploy`, `1 hour later`. */
    async change(what: string) {
      const [, account] = /^account of (.+)$/.exec(what) ?? [];
      if (account !== undefined) state.account = customerNamed(account, customers);
      else if (what === 'a code links them') await link();
      else if (what === 'feedback down')
        for (const table of ['feedback', 'article_feedback']) await sql`drop table ${sql.ref(table)}`.execute(db);
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
  { api, account }: { readonly api: string; readonly account: SampleCustomer | null },
  {
    accountId,
    userId,
    object,
  }: { readonly accountId: string; readonly userId: string; readonly object: string | undefined },
  now: number,
): AccountAnswer {
  if (api === 'down') return 'refused';
  if (api === 'garbage') return { status: 200, body: '<html>503</html>' };
  if (typeof account?.access !== 'function')
    return { status: 404, body: { error: { code: account?.access ?? 'account_not_found' } } };
  const body = account.access(now, object) as { account: { id: string }; user: { id: string }; usage?: unknown };
  body.account.id = accountId;
  body.user.id = userId;
  if (api === 'partial') delete body.usage;
  return { status: 200, body };
}

/** What the state looks like after a deploy that changed its version. */
async function makeStateOld(db: StoreDatabase): Promise<void> {
  await sql`update conversations set state = replace(state, '"v":5', '"v":2')`.execute(db);
}
