import assert from 'node:assert/strict';
import type { Channel } from '../../src/channels/channel.ts';
import { conversationIdOf, createInbound, type ChannelEvent } from '../../src/channels/inbound.ts';
import { createMemberIdentifier, type MemberIdentifierNeeds } from '../../src/channels/members.ts';
import type { ClientFacts } from '../../src/domain/activity.ts';
import type { ChannelClient } from '../../src/domain/channels.ts';
import { createEvents } from '../../src/domain/events.ts';
import type { SubjectFields } from '../../src/domain/subject.ts';
import { customerNamed } from '../support/customers.ts';
import { textOf } from '../support/store.ts';
import { createWorld } from '../support/world.ts';

const person = customerNamed('over-limit')?.person ?? assert.fail();
export const ada: SubjectFields = { ...person, verifiedBy: 'trusted-email' };
export const place = 'T1|D1';
export const id = conversationIdOf('slack', place);

/** The real product behind a channel that says of everybody what `state` says. */
export async function startMemberTalk(over: Partial<MemberIdentifierNeeds> = {}) {
  // Told of nothing, the product takes a turn when it is asked to; who a member is, is found out here.
  const world = await createWorld('over-limit', undefined, undefined, { events: createEvents() });
  const { store, clock, log } = world;
  const turns = await world.turnsOver({ ...store, identify: () => Promise.resolve() });
  const state = {
    /** What the channel says: an address, nobody, or that it cannot say. */
    email: () => Promise.resolve<string | null>('ada@acme.example'),
    person: () => Promise.resolve<SubjectFields | null>(ada),
    told: {} as ClientFacts,
    asked: [] as string[],
  };
  const client = { channel: 'slack' } as ChannelClient;
  const channel: Channel = {
    client,
    routes: [],
    profileOf: async (user) => (state.asked.push(user), { email: await state.email(), ...state.told }),
  };
  const needs = { conversations: store, addresses: store.addresses, channels: [channel], clock, log, deadlineMs: 50 };
  const membersOf = (more: Partial<MemberIdentifierNeeds>) =>
    createMemberIdentifier({ ...needs, subjectByEmail: () => state.person(), ...over, ...more });
  const talk = {
    ...{ world, store, clock, log, state, membersOf, identify: membersOf({}) },
    channelWithoutTrust: { client, routes: [] } satisfies Channel,
    subject: async (of = id) => (await store.load(of))?.subject ?? null,
    /** The event is stored, then its turn is taken as the product takes it; what the bot says to it. */
    async says(text: string, differs: Partial<ChannelEvent> = {}): Promise<string> {
      await receive({
        ...{ channel: 'slack', place, shared: false, user: 'slack|T1|U1', locale: 'en', to: {} },
        ...{ message: { text, files: 0 }, eventId: text, ...differs },
      });
      const at = conversationIdOf('slack', differs.place ?? place);
      const pending = (await store.nextPending(at)) ?? assert.fail('it came before');
      await talk.identify(at, pending);
      await turns.answer(at);
      const all = await store.activitiesAfter(at, pending.seq, 100);
      return all.map(textOf).join('\n');
    },
  };
  const { addresses, links } = store;
  const receive = createInbound({ conversations: store, addresses, links, limits: store.limits, messagesPer10s: 1e6 });
  return talk;
}
