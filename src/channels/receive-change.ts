import { clientIdOf } from '../domain/channels.ts';
import type { ChannelNeeds } from './channel.ts';
import { conversationIdOf, type ChannelEvent } from './inbound.ts';

/** What happened to a message at its channel; `of`: the event with which the edited message came. */
export type MessageChange =
  | { readonly what: 'said'; readonly event: ChannelEvent }
  | { readonly what: 'edited'; readonly event: ChannelEvent; readonly of: string }
  | { readonly what: 'deleted'; readonly event: ChannelEvent };

/** Takes in a message, corrected words as said anew, or a deletion: what was corrected or deleted is kept no longer. */
export async function receiveChange(
  { receive, forget }: Pick<ChannelNeeds, 'receive' | 'forget'>,
  change: MessageChange,
): Promise<void> {
  const { event } = change;
  const id = conversationIdOf(event.channel, event.place);
  // A deleted message is taken too, without its words: should it come later, it had been before.
  await receive(event);
  if (change.what === 'deleted') await forget(id, clientIdOf(event.eventId), null);
  if (change.what === 'edited') await forget(id, clientIdOf(change.of), clientIdOf(event.eventId));
}
