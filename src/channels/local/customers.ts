import type { Conversations } from '../../domain/ports.ts';
import type { SubjectFields } from '../../domain/subject.ts';
import type { VerifyIdentity } from '../../identity/verify.ts';
import { conversationIdOf, type ChannelEvent } from '../inbound.ts';
import type { SampleCustomer } from './words.ts';

/** The demo's sample customers. */
export interface SampleCustomers {
  /** All of them, in the demo's order. */
  all(): readonly SampleCustomer[];
  /** Proves to be one of them, by an identity that the demo signs. Throws `not-found`. */
  signIn(name: string): Promise<SubjectFields>;
}

/** What signs identities for them. */
interface Demo {
  customers(): readonly SampleCustomer[];
  identityOf(body: unknown): Promise<{ readonly identity: string }>;
}

/** The sample customers, each proved as on the demo's page. */
export function createSampleCustomers(demo: Demo, verifyIdentity: VerifyIdentity): SampleCustomers {
  return {
    all: () => demo.customers(),
    signIn: async (customer) => verifyIdentity((await demo.identityOf({ customer })).identity),
  };
}

interface SignInNeeds {
  readonly customers: SampleCustomers;
  readonly conversations: Pick<Conversations, 'load' | 'open' | 'identify'>;
}

const wish = /^sign in as(?:\s{1,20}["“<]?([\w-]{1,40})["”>]?)?\s{0,20}[.!?]?$/i;

/** The sample customer that somebody wants to be; empty: they did not say which. Null: they said something else. */
export function wishOf({ message, shared }: ChannelEvent): string | null {
  const found = shared ? null : wish.exec(message?.text.trim() ?? '');
  return found && (found[1] ?? '').toLowerCase();
}

/** Makes whoever writes there this sample customer; where others read along they are nobody. */
export async function signIn(event: ChannelEvent, customer: string, needs: SignInNeeds): Promise<void> {
  const { channel, user: userId, locale, shared } = event;
  if (shared) return;
  const id = conversationIdOf(channel, event.place);
  const subject = await needs.customers.signIn(customer);
  await needs.conversations.open({ id, channel, userId, subject, locale, shared });
  await needs.conversations.identify(id, subject);
}

/** Does that where nobody wrote before. */
export async function signInOnce(event: ChannelEvent, customer: string, needs: SignInNeeds): Promise<void> {
  const known = await needs.conversations.load(conversationIdOf(event.channel, event.place));
  if (!known) await signIn(event, customer, needs);
}
