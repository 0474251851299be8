import assert from 'node:assert/strict';
import { EventFactory } from 'botbuilder';
import type { Wire } from '../../src/channels/wire.ts';
import type { World } from '../support/world.ts';

/** A customer's talk that goes through a hub. */
export interface HubTalk {
  /** What our store calls it. */
  readonly id: string;
  write(text: string): Promise<unknown>;
  /** The events that the hub was sent, each once. */
  events(): Promise<readonly Wire[]>;
  /** Posts an event as the hub does. */
  post(event: Wire): Promise<{ readonly status: number; readonly body: Wire }>;
}

/** The product with a hub that is called Northwind Support; each talk is with the customer `over-limit`. */
export interface HubSite {
  readonly world: Pick<World, 'store'>;
  open(): Promise<HubTalk>;
  /** Resolves when all that was taken is answered. */
  quiet(): Promise<void>;
  close(): Promise<unknown>;
}

const ten = Array.from({ length: 10 });

/** A status as the Bot Framework's SDK makes it. */
export const statusOf = (talk: Pick<HubTalk, 'id'>, state: string, message?: string) =>
  JSON.parse(JSON.stringify(EventFactory.createHandoffStatus({ id: talk.id } as never, state, message))) as Wire;

/** What every channel promises in which a live-agent hub may take over. */
export function handOffContract(name: string, start: () => Promise<HubSite>): void {
  describe(`a live-agent hub in ${name}`, () => {
    let site: HubSite;
    let talk: HubTalk;
    beforeEach(async () => {
      site = await start();
      talk = await site.open();
    });
    afterEach(() => site.close());

    const stored = (id: string) => site.world.store.activitiesAfter(id, 0, 1_000);
    const kinds = async () => (await stored(talk.id)).flatMap((one) => (one.type === 'reply' ? one.reply.kind : []));
    const count = async (kind: string) => (await kinds()).filter((one) => one === kind).length;
    const work = async (ticket: string) => (await site.world.store.tickets.find(ticket))?.work ?? assert.fail();
    const audit = async (ticket: string) =>
      (await site.world.store.audit.ofTicket(ticket)).map(({ action }) => action).toSorted();
    /** Asks for a person; the ticket's number, as the hub was told it. */
    async function handedOff(of = talk): Promise<string> {
      for (const text of ['I get access denied when I try to export', 'Talk to a person']) {
        await of.write(text);
        await site.quiet();
      }
      const [event = assert.fail('the hub was told nothing'), ...more] = await of.events();
      assert.deepEqual(more, []);
      return (event.value as { ticket: { number: string } }).ticket.number;
    }
    async function post(event: Wire): Promise<readonly unknown[]> {
      const { status, body } = await talk.post(event);
      await site.quiet();
      return [status, (body.error as { code?: unknown } | undefined)?.code];
    }
    /** The same status ten times at once, and once more. */
    async function tell(state: string, message?: string): Promise<Wire> {
      const status = statusOf(talk, state, message);
      const answers = await Promise.all(ten.map(() => talk.post(status)));
      assert.deepEqual(new Set(answers.map((one) => one.status)), new Set([200]), JSON.stringify(answers[0]?.body));
      assert.deepEqual(await post(status), [200, undefined]);
      return status;
    }

    it('gets the ticket with the talk, once there is one', async () => {
      await talk.write('I get access denied when I try to export');
      await site.quiet();
      assert.deepEqual(await talk.events(), []);
      const ticket = await handedOff();
      const [event = assert.fail()] = await talk.events();
      const { value, attachments } = event as { value: Wire; attachments: { name: string; content: Wire }[] };
      assert.deepEqual([event.type, event.name], ['event', 'handoff.initiate']);
      assert.deepEqual([value.va_LastPhrases, value.va_ConversationId], ['Talk to a person', talk.id]);
      assert.match(String(value.va_AgentMessage), /can’t use Export/);
      const [{ name: called, content } = assert.fail()] = attachments;
      assert.equal(called, 'Transcript');
      const said = JSON.stringify(content.activities);
      for (const part of ['try to export', 'Talk to a person', ticket]) assert.ok(said.includes(part), part);
    });

    it('takes the ticket, and the bot is silent, until it is completed: then it asks whether that solved it', async () => {
      const ticket = await handedOff();
      assert.equal((await work(ticket)).state, 'waiting');
      await tell('accepted');
      const { state, holder } = await work(ticket);
      assert.deepEqual([state, holder?.name, await count('person-joined')], ['claimed', 'Northwind Support', 1]);
      const before = await kinds();
      await talk.write('are you there?');
      await site.quiet();
      assert.deepEqual(await kinds(), before);
      await tell('completed');
      assert.deepEqual([(await work(ticket)).state, await audit(ticket)], ['closed', ['claim', 'close']]);
      const asked = (await stored(talk.id)).flatMap((one) => (one.type === 'reply' ? one.reply.text : []));
      assert.equal(asked.length, before.length + 1);
      assert.match(asked.at(-1) ?? '', /Northwind Support[^]*\?/);
    });

    it('gives it back where it fails, before or after it took it, with its reason on the ticket', async () => {
      const ticket = await handedOff();
      await tell('failed', 'nobody is there; my password is hunter22');
      assert.equal((await work(ticket)).state, 'waiting');
      await tell('accepted');
      await tell('failed');
      const { state, holder } = await work(ticket);
      assert.deepEqual([state, holder], ['waiting', null]);
      const notes = (await site.world.store.tickets.notes(ticket)).map(({ text }) => text);
      assert.equal(notes.length, 2);
      assert.match(notes[0] ?? '', /^The hand-off failed: nobody is there; my password is /);
      assert.doesNotMatch(JSON.stringify(notes), /hunter22/);
      assert.equal(notes[1], 'The hand-off failed: the hub told no reason');
      assert.deepEqual([await count('person-joined'), await count('person-left')], [1, 1]);
    });

    it('may be late: what comes again changes nothing, and what comes too late is refused', async () => {
      const ticket = await handedOff();
      const [accepted, completed] = [await tell('accepted'), await tell('completed')];
      const before = await kinds();
      for (const again of [accepted, completed]) assert.deepEqual(await post(again), [200, undefined]);
      for (const state of ['accepted', 'failed', 'completed'])
        assert.deepEqual(await post(statusOf(talk, state)), [409, 'ticket-changed'], state);
      assert.deepEqual([(await work(ticket)).state, await audit(ticket)], ['closed', ['claim', 'close']]);
      assert.deepEqual(await kinds(), before);
    });

    it('is refused what it may not do, and nothing is lost', async () => {
      assert.deepEqual(await post(statusOf(talk, 'accepted')), [404, 'not-found']);
      const ticket = await handedOff();
      const another = await handedOff(await site.open());
      const { id, ...unnamed } = statusOf(talk, 'accepted');
      assert.ok(id);
      const about = (number: string) => ({
        ...statusOf(talk, 'accepted'),
        value: { state: 'accepted', ticket: number },
      });
      for (const [event, status, code] of [
        [statusOf(talk, 'typing'), 400, 'message-invalid'],
        [{ ...statusOf(talk, 'accepted'), name: 'handoff.initiate' }, 400, 'message-invalid'],
        [unnamed, 400, 'message-invalid'],
        [about('NONE-1'), 404, 'not-found'],
        [about(another), 404, 'not-found'],
        [statusOf(talk, 'completed'), 409, 'ticket-changed'],
      ] as const)
        assert.deepEqual(await post(event), [status, code], JSON.stringify(event));
      const ana = { id: 'ana', name: 'Ana Lopez' };
      const becomes = { state: 'claimed', holder: ana } as const;
      const when = { states: ['waiting'] } as const;
      await site.world.store.ticketActions.act({ ticket, by: ana, action: 'claim', when, becomes, id: 'a' });
      for (const state of ['accepted', 'failed', 'completed'])
        assert.deepEqual(await post(statusOf(talk, state)), [409, 'ticket-changed'], state);
      assert.deepEqual([(await work(ticket)).holder?.name, await audit(ticket)], ['Ana Lopez', ['claim']]);
      assert.deepEqual([(await work(another)).state, await audit(another)], ['waiting', []]);
    });
  });
}
