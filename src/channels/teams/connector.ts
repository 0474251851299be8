import type { ConnectorClient } from 'botframework-connector';
import { z } from 'zod';
import { SupportError } from '../../domain/errors.ts';
import type { Clock } from '../../domain/ports.ts';
import { retryAfterOf, type HeaderOf } from '../../http/retry-after.ts';
import type { Wire } from '../wire.ts';
import type { AppToken } from './app-token.ts';

/** Where a message goes: a trusted service URL, and a conversation there. */
export interface ConversationRef {
  readonly service: string;
  readonly conversation: string;
}

/** The calls of the Bot Framework's connector that we use. Each is tried once and throws as `ChannelClient` says. */
export interface Connector {
  /** Gives what Teams calls the activity. */
  send(place: ConversationRef, activity: Wire, timeoutMs?: number): Promise<string>;
  update(place: ConversationRef, id: string, activity: Wire): Promise<void>;
  /** Begins a thread in a channel; gives what Teams calls it and its first message. */
  begin(service: string, thread: Wire): Promise<{ readonly conversation: string; readonly id: string }>;
  /** What it tells of a member of the conversation, by their object id. */
  member(place: ConversationRef, id: string): Promise<unknown>;
}

interface ConnectorNeeds {
  /** Null: the connector is on this machine. It wants no token, and is reached without a proxy. */
  readonly token: ((asked: Parameters<AppToken>[0] & { readonly service: string }) => Promise<string>) | null;
  readonly clock: Clock;
  /** Whose connector it is, as operators call it. */
  readonly name?: string;
}

/** Unless less is left. */
const usualMs = 10_000;
/** The SDK tries again by itself and follows redirects; the outbound queue knows when to try, and our token goes to one host. */
const unwanted = ['defaultRetryPolicy', 'redirectPolicy'];

/** The SDK's connector, without its retries; it is not loaded before something is to be sent. */
export function createConnector(needs: ConnectorNeeds): Connector {
  const { token, clock, name = 'Teams' } = needs;
  let isRefused = false;

  async function clientOf(service: string): Promise<ConnectorClient> {
    const sdk = await import('botframework-connector');
    const bearer = token && (await token({ fresh: isRefused, service }));
    isRefused = false;
    const credentials = {
      signRequest(request: { headers: { set(name: string, value: string): void } }) {
        if (bearer !== null) request.headers.set('authorization', `Bearer ${bearer}`);
        return Promise.resolve(request);
      },
    };
    const client = new sdk.ConnectorClient(credentials as never, { baseUri: service, userAgent: 'Latchkey' });
    const { pipeline } = (client as unknown as WithPipeline).client;
    for (const name of token ? unwanted : [...unwanted, 'proxyPolicy']) pipeline.removePolicy({ name });
    return client;
  }

  async function call<T>(service: string, ask: (client: ConnectorClient) => Promise<T>): Promise<T> {
    const client = await clientOf(service);
    try {
      return await ask(client);
    } catch (error) {
      const { statusCode: status = null } = failure.safeParse(error).data ?? {};
      if (status === 401) isRefused = true;
      throw failed(name, status, retryAfterOf(headerOf(error), clock.now()));
    }
  }

  return {
    send: (place, activity, timeoutMs = usualMs) =>
      call(place.service, async ({ conversations }) => {
        const options = { abortSignal: AbortSignal.timeout(timeoutMs) };
        const { id } = await conversations.sendToConversation(place.conversation, activity, options);
        return typeof id === 'string' ? id : '';
      }),
    update: (place, id, activity) =>
      call(place.service, async ({ conversations }) => {
        const options = { abortSignal: AbortSignal.timeout(usualMs) };
        await conversations.updateActivity(place.conversation, id, activity, options);
      }),
    begin: (service, thread) =>
      call(service, async ({ conversations }) => {
        const options = { abortSignal: AbortSignal.timeout(usualMs) };
        return begun.parse(await conversations.createConversation(thread as never, options));
      }),
    member: (place, id) =>
      call(place.service, ({ conversations }) => {
        const options = { abortSignal: AbortSignal.timeout(usualMs) };
        return conversations.getConversationMember(place.conversation, id, options);
      }),
  };
}

/** What the SDK does not show of its client. */
interface WithPipeline {
  readonly client: { readonly pipeline: { removePolicy(which: { readonly name: string }): unknown } };
}

const begun = z
  .object({ id: z.string().catch(''), activityId: z.string().catch('') })
  .transform(({ id, activityId }) => ({ conversation: id, id: activityId }));
const failure = z.object({ statusCode: z.number() });
const answered = z.object({ response: z.object({ headers: z.custom<Headers>((one) => hasGet(one)) }) });
/** Microsoft's list of what to try again, and the timeout of a far end; 401: our token may be too old. */
const passing = [401, 408, 412, 429];

/** The SDK's error is left out: it holds the request, with our token and the words. */
function failed(name: string, status: number | null, retryAfterMs: number | null): SupportError {
  if (status === null) return new SupportError('channel-unavailable', { detail: `${name} did not answer.` });
  const detail = `${name} answered ${status}.`;
  if (status >= 500 || passing.includes(status))
    return new SupportError('channel-unavailable', { detail, retryAfterMs });
  return new SupportError('channel-refused', { detail });
}

function hasGet(one: unknown): boolean {
  return typeof one === 'object' && one !== null && 'get' in one && typeof one.get === 'function';
}

function headerOf(error: unknown): HeaderOf {
  const { response } = answered.safeParse(error).data ?? {};
  return (name) => response?.headers.get(name);
}
