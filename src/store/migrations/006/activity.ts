/** An activity as it was stored until then: drawn for Direct Line. */
export interface WireActivity {
  readonly type: string;
  readonly name?: string;
  readonly value?: object;
  readonly text?: string;
  readonly timestamp?: string;
  readonly from?: { readonly id?: string; readonly role?: string };
  readonly files?: number;
  readonly removed?: readonly string[];
  readonly cut?: boolean;
  readonly deleted?: boolean;
  readonly suggestedActions?: { readonly actions: readonly { readonly title: string; readonly value?: string }[] };
  readonly channelData?: {
    readonly clientActivityID?: string;
    readonly latchkey?: { readonly kind: string; readonly verdict?: object; readonly person?: string } & object;
  };
}

/** The same as it is stored from then on. A row keeps what it says, to whom, and when; `user`: whose conversation it is. */
export function toTyped(wire: WireActivity, user: string) {
  const at = Date.parse(wire.timestamp ?? '') || 0;
  if (wire.type === 'conversationUpdate') return { activity: { type: 'event', name: 'opened' }, at, author: user };
  // Nobody in the conversation closes a ticket.
  const author = wire.name === 'ticket-closed' ? null : user;
  if (wire.type === 'event') return { activity: { type: 'event', name: wire.name, ...wire.value }, at, author };
  if (wire.from?.role === 'bot') return { activity: { type: 'reply', reply: replyOf(wire) }, at, author: null };
  return { activity: messageOf(wire), at, author: wire.from?.id ?? user };
}

function messageOf({ text = '', files, removed, cut, deleted, channelData }: WireActivity) {
  const clientActivityId = channelData?.clientActivityID;
  // What is undefined is left out of the JSON.
  return { type: 'message', text, files, removed, cut, deleted, clientActivityId };
}

function replyOf({ text = '', suggestedActions, channelData }: WireActivity) {
  const { kind = 'text', verdict, person, ...details } = channelData?.latchkey ?? {};
  const actions = (suggestedActions?.actions ?? []).map(({ title }) => ({ label: title, means: '' }));
  return { kind, ...details, findings: verdict, name: person, text, actions };
}
