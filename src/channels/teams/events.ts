import { hash } from 'node:crypto';
import { z } from 'zod';
import { text } from '../../domain/schemas.ts';
import type { ClaimRequest } from '../../domain/ticket-feed.ts';
import type { ChannelEvent } from '../inbound.ts';
import type { MessageChange } from '../receive-change.ts';
import { tenantOf, type TeamsActivity } from './activity.ts';
import { filesOf, wordsOf } from './message-text.ts';
import { ratingOf, type Rating } from './rating.ts';

/** What an activity of Teams means to us. */
export type TeamsEvent =
  | MessageChange
  /** A button of the activity `seq` was pressed. */
  | { readonly what: 'pressed'; readonly event: ChannelEvent; readonly seq: number }
  /** An answer was judged with Teams' own thumbs. */
  | { readonly what: 'rated'; readonly event: ChannelEvent; readonly rating: Rating }
  /** “Claim” was pressed below a ticket, in this conversation. */
  | { readonly what: 'claimed'; readonly request: ClaimRequest; readonly conversation: string }
  /** Written by somebody whom no organisation knows. */
  | { readonly what: 'external-user'; readonly event: Pick<ChannelEvent, 'place' | 'to'> }
  | { readonly what: 'nothing' };

/** Where replies go; what of Teams is kept for it. */
export const addressShape = z.object({
  service: text(512),
  conversation: text(512),
  /** Names the conversation in our store. */
  place: text(1_100),
  /** Our bot, as it is called there. */
  bot: text(512),
  kind: z.enum(['personal', 'group', 'channel']),
});

/** The verb of our buttons. */
export const verb = 'choose';
/** The verb of “Claim” below a ticket. */
export const claimVerb = 'claim';

const buttonShape = z.object({ seq: z.number().int().positive(), label: text(1_000) });
const pressShape = z.object({ action: z.object({ verb: z.literal(verb), data: buttonShape }) });
/** What a client sends that knows no `Action.Execute`. */
const submitShape = buttonShape.extend({ verb: z.literal(verb) });
const claimShape = z.object({ action: z.object({ verb: z.literal(claimVerb), data: z.object({ ticket: text(40) }) }) });
const nothing: TeamsEvent = { what: 'nothing' };

/** Reads an activity that was authenticated. */
export function readTeamsEvent(activity: TeamsActivity): TeamsEvent {
  const { type, from, recipient } = activity;
  if (from.id === recipient.id || from.id.startsWith('28:')) return nothing;
  if (isInstallation(activity)) return from.aadObjectId ? welcome(activity) : nothing;
  if (type === 'message') return pressOf(activity) ? readPress(activity) : readMessage(activity);
  if (type === 'invoke' && activity.name === 'adaptiveCard/action') return readPress(activity);
  const { id } = activity;
  if (!id || !from.aadObjectId) return nothing;
  if (type === 'invoke') return readRating(activity, id);
  if (type === 'messageDelete') return { what: 'deleted', event: eventOf(activity, null, id) };
  return type === 'messageUpdate' && activity.channelData?.eventType !== 'undeleteMessage'
    ? readEdit(activity, id)
    : nothing;
}

function isInstallation({ type, action, membersAdded, recipient }: TeamsActivity): boolean {
  if (type === 'installationUpdate') return action === 'add' || action === 'add-upgrade';
  return type === 'conversationUpdate' && (membersAdded ?? []).some(({ id }) => id === recipient.id);
}

/** Teams tells of one installation in two ways; only the one that has an id tells a later one apart. */
function welcome(activity: TeamsActivity): TeamsEvent {
  const { type, id } = activity;
  if (type !== 'installationUpdate' || !id) return said(activity, null, 'welcome');
  return { what: 'said', event: { ...eventOf(activity, null, `installed ${id}`), installed: true } };
}

function readMessage(activity: TeamsActivity): TeamsEvent {
  const [text, files, id] = [wordsOf(activity), filesOf(activity), activity.id];
  if (!id) return nothing;
  if (!activity.from.aadObjectId)
    return { what: 'external-user', event: { place: placeOf(activity), to: toOf(activity) } };
  // Only our name: whoever calls us is greeted.
  return said(activity, text === '' && files === 0 ? null : { text, files }, id);
}

/** Corrected words are said anew: they may change the answer. */
function readEdit(activity: TeamsActivity, of: string): TeamsEvent {
  const words = { text: wordsOf(activity), files: filesOf(activity) };
  if (words.text === '' && words.files === 0) return nothing;
  const which = activity.timestamp ?? hash('sha256', words.text, 'base64url');
  return { what: 'edited', event: eventOf(activity, words, `${of} edit ${which}`), of };
}

/** The button of ours that was pressed, and on the card of which activity; null: none of ours. */
export function pressOf({ type, value }: TeamsActivity): z.infer<typeof buttonShape> | null {
  if (type === 'message') return submitShape.safeParse(value).data ?? null;
  return pressShape.safeParse(value).data?.action.data ?? null;
}

/** Each message's buttons count once, whoever presses them. */
function readPress(activity: TeamsActivity): TeamsEvent {
  const [press, claim] = [pressOf(activity), claimShape.safeParse(activity.value)];
  if (!activity.from.aadObjectId) return nothing;
  if (claim.success) return readClaim(activity, claim.data.action.data.ticket);
  if (!press) return nothing;
  const { seq, label } = press;
  return { what: 'pressed', seq, event: eventOf(activity, { text: label, files: 0 }, `press ${seq}`) };
}

/** Each press, and each form, counts once, however often it comes. */
function readRating(activity: TeamsActivity, id: string): TeamsEvent {
  const rating = ratingOf(activity);
  return rating ? { what: 'rated', event: eventOf(activity, null, `rated ${id}`), rating } : nothing;
}

const signInShape = z.object({ id: text(512), token: text(8_192) });

/** The token that Teams got of somebody's sign-in, as an event that comes once from all their devices; null: it is none. */
export function signInOf(activity: TeamsActivity): { readonly token: string; readonly event: ChannelEvent } | null {
  const { data } = signInShape.safeParse(activity.value);
  if (!data || !activity.from.aadObjectId) return null;
  return { token: data.token, event: eventOf(activity, null, `sign-in ${data.id}`) };
}

const failureShape = z.object({ code: z.string().catch('') }).catch({ code: '' });

/** Why Teams could get no token of somebody's sign-in, in its words, and who that is. */
export function signInFailureOf(activity: TeamsActivity): { readonly code: string; readonly event: ChannelEvent } {
  return { code: failureShape.parse(activity.value).code, event: eventOf(activity, null, 'sign-in failed') };
}

function readClaim(activity: TeamsActivity, ticket: string): TeamsEvent {
  const name = activity.from.name ?? 'somebody';
  const request = { ticket, channel: 'teams', channelUser: userOf(activity), name } as const;
  return { what: 'claimed', request, conversation: activity.conversation.id };
}

function said(activity: TeamsActivity, words: ChannelEvent['message'], eventId: string): TeamsEvent {
  return { what: 'said', event: eventOf(activity, words, eventId) };
}

function eventOf(activity: TeamsActivity, words: ChannelEvent['message'], eventId: string): ChannelEvent {
  return {
    channel: 'teams',
    eventId,
    place: placeOf(activity),
    shared: kindOf(activity) !== 'personal',
    user: userOf(activity),
    locale: activity.locale ?? 'en',
    zone: activity.localTimezone,
    to: toOf(activity),
    message: words,
  };
}

function userOf(activity: TeamsActivity): string {
  return `teams|${tenantOf(activity) ?? ''}|${activity.from.aadObjectId ?? ''}`;
}

/** A thread of a channel is a place of its own: its id says which message began it. */
export function placeOf(activity: TeamsActivity): string {
  return `${tenantOf(activity) ?? ''}|${activity.conversation.id}`;
}

function toOf(activity: TeamsActivity): z.infer<typeof addressShape> {
  const { serviceUrl, conversation, recipient } = activity;
  return {
    service: serviceUrl ?? '',
    conversation: conversation.id,
    place: placeOf(activity),
    bot: recipient.id,
    kind: kindOf(activity),
  };
}

/** What is not surely personal is read by others. */
function kindOf({ conversation }: TeamsActivity): z.infer<typeof addressShape>['kind'] {
  const type = conversation.conversationType?.toLowerCase();
  if (type === 'personal') return 'personal';
  return type === 'channel' ? 'channel' : 'group';
}
