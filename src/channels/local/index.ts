import { SupportError } from '../../domain/errors.ts';
import type { Conversations } from '../../domain/ports.ts';
import { json, type Answer } from '../../http/answer.ts';
import { readJson } from '../../http/read-json.ts';
import type { Call } from '../../http/route.ts';
import type { Channel, ChannelNeeds } from '../channel.ts';
import type { ChannelWords } from '../channel-words.ts';
import { conversationIdOf, type ChannelEvent } from '../inbound.ts';
import { createCardActions, gone } from '../teams/card-actions.ts';
import { createConnector } from '../teams/connector.ts';
import type { Wire } from '../wire.ts';
import { createChannelClient } from './channel-client.ts';
import { signIn, signInOnce, wishOf, type SampleCustomers } from './customers.ts';
import { addressShape, localShape, readLocalEvent, type LocalActivity, type LocalEvent } from './events.ts';
import { createExpectedReplies } from './expected-replies.ts';
import { isLocalService, whyNotLocal } from './request-guard.ts';
import type { LocalSettings } from './settings.ts';
import { words } from './words.ts';

type Taken = Exclude<LocalEvent, { what: 'pressed' }>;

/** What the local bot needs besides what every channel does. */
export interface LocalNeeds extends ChannelNeeds {
  readonly conversations: Pick<Conversations, 'load' | 'open' | 'identify' | 'activitiesAfter'>;
  /** Null outside the demo: nobody may write without a token then. */
  readonly customers: SampleCustomers | null;
  readonly words: () => ChannelWords;
  /** Resolves when all that was said in a conversation is answered, and the answers are on their way. */
  readonly answered: (conversationId: string) => Promise<void>;
}

/**
 * The Bot Framework Emulator and the Agents Playground on this machine: `POST /api/messages` without a token, for sample
 * customers of the demo.
 */
export function createLocal(
  { customer: usual }: LocalSettings,
  needs: LocalNeeds & { readonly customers: SampleCustomers },
): Channel {
  const { clock, log, customers } = needs;
  const cardActions = createCardActions(needs.conversations, needs.words);
  const expected = createExpectedReplies();
  const idOf = (place: string) => conversationIdOf('local', place);
  const client = createChannelClient({
    connector: createConnector({ token: null, clock, name: 'The tool on this machine' }),
    ...{ expected, log, chosen: (place, seq) => cardActions.chosen(idOf(place), seq) },
    // What the tools send of a judgement is not read.
    drawing: { feedback: 'buttons', words: needs.words },
  });
  log.warn(
    { customer: usual },
    'POST /api/messages answers anybody on this machine, without a token: the demo is on and TEAMS_APP_ID is not set',
  );

  async function post(request: Call): Promise<Answer> {
    const why = whyNotLocal(request);
    if (why !== null) return refuse(why);
    const activity = await readActivity(request);
    if (!isLocalService(activity.serviceUrl)) return refuse('service-url-refused');
    return answer(readLocalEvent(activity), activity);
  }

  async function readActivity(request: Call): Promise<LocalActivity> {
    const read = localShape.safeParse(await readJson(request));
    if (read.success) return read.data;
    needs.refused('body-invalid');
    throw new SupportError('message-invalid');
  }

  function refuse(why: string): Answer {
    needs.refused(why);
    return json({ error: { code: 'not-allowed', message: `Only this machine may write here: ${why}.` } }, 403);
  }

  async function answer(read: LocalEvent, { type, name, deliveryMode }: LocalActivity): Promise<Answer> {
    if (read.what === 'pressed') return press(read.event, read.seq);
    if (type === 'invoke') return name === 'adaptiveCard/action' ? json(gone(needs.words())) : json({}, 501);
    if (deliveryMode === 'expectReplies') return json({ activities: await repliesTo(read) });
    await take(read);
    return json({});
  }

  async function repliesTo(read: Taken): Promise<readonly Wire[]> {
    if (read.what === 'nothing') return [];
    const { place } = read.event;
    return expected.collect(place, async () => {
      await take(read);
      await needs.answered(idOf(place));
    });
  }

  async function take(read: Taken): Promise<void> {
    if (read.what === 'nothing') return;
    const { event } = read;
    const wish = wishOf(event);
    if (wish !== null) return become(event, wish);
    // A tool that begins anew begins as the usual customer.
    await (read.what === 'opened' ? signIn : signInOnce)(event, usual, needs);
    return needs.receive(event);
  }

  /** The bot welcomes somebody else anew; what we say of it ourselves is not stored. */
  async function become(event: ChannelEvent, wish: string): Promise<void> {
    const found = customers.all().find(({ name }) => name === wish);
    if (found) await signIn(event, found.name, needs);
    await tell(event, found ? words.signedIn(found) : words.unknown(wish, customers.all()));
    if (found) await needs.receive({ ...event, message: null });
  }

  async function tell({ to }: ChannelEvent, text: string): Promise<void> {
    const activity = { type: 'message', textFormat: 'plain', text, from: { role: 'bot' } };
    await client
      .say(addressShape.parse(to), activity)
      .catch((error: unknown) => log.warn({ err: error }, 'whoever signed in was not told'));
  }

  async function press(event: ChannelEvent, seq: number): Promise<Answer> {
    const id = idOf(event.place);
    if (!(await cardActions.has(id, seq, event.message?.text ?? ''))) {
      needs.refused('button-unknown');
      return json(gone(needs.words()));
    }
    await needs.receive(event);
    return json(await cardActions.answer(id, seq));
  }

  return { client, routes: [['post', '/api/messages', post]] };
}
