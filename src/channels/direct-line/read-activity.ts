import { z } from 'zod';
import { SupportError } from '../../domain/errors.ts';
import { list, zone } from '../../domain/schemas.ts';
import { longestMessage, type CustomerMessage } from '../customer-message.ts';
import { readStatus, type PostedStatus } from '../hand-off.ts';
import { readThumb, type Thumb } from './thumbs.ts';

const ignored = z.unknown().optional();
const shortText = z.string().refine(({ length }) => length <= 256);
const types = ['message', 'typing', 'event', 'messageReaction', 'endOfConversation', 'conversationUpdate', 'invoke'];

/** The members of a Bot Framework activity. What a client says of itself is read past: the server sets it. */
const activity = z.strictObject({
  type: z.enum(types),
  name: ignored,
  text: z.string().nullish(),
  value: ignored,
  attachments: list(z.unknown(), 50).nullish(),
  channelData: z.looseObject({ clientActivityID: shortText.nullish() }).nullish(),
  locale: shortText.nullish(),
  localTimezone: zone,
  ...Object.fromEntries(
    `id timestamp localTimestamp serviceUrl channelId from conversation recipient textFormat attachmentLayout
     membersAdded membersRemoved reactionsAdded reactionsRemoved topicName historyDisclosed speak inputHint summary
     suggestedActions entities action replyToId label valueType relatesTo code expiration importance deliveryMode
     listenFor textHighlights semanticAction callerId`
      .split(/\s+/)
      .map((member) => [member, ignored]),
  ),
});

/** What is taken from a client's activity. */
export interface ClientActivity extends CustomerMessage {
  readonly type: string;
  /** The slug of the article from which the customer came; null: it tells of none. */
  readonly articleRead: string | null;
  /** Null: it is none. */
  readonly thumb: Thumb | null;
  readonly handOff: PostedStatus | null;
  /** IANA time zone; missing: not told. */
  readonly zone: string | undefined;
}

const slug = /^[\w-]{1,100}$/;

/** Checks an activity from a client, with which so many files came. Throws `message-invalid` or `message-too-long`. */
export function readActivity(body: unknown, uploaded = 0): ClientActivity {
  const checked = activity.safeParse(body);
  if (!checked.success) throw new SupportError('message-invalid', { cause: checked.error });
  const { type, name, text, value, attachments, channelData, localTimezone } = checked.data;
  const words = text ?? (typeof value === 'string' ? value : '');
  // An upload's activity names its files, too.
  const files = Math.max(attachments?.length ?? 0, uploaded);
  if (words.length > longestMessage) throw new SupportError('message-too-long');
  if (type === 'message' && words.trim() === '' && files === 0) throw new SupportError('message-invalid');
  const { clientActivityID = null } = channelData ?? {};
  const isRead = type === 'event' && name === 'article-read' && typeof value === 'string' && slug.test(value);
  return {
    type,
    articleRead: isRead ? value : null,
    thumb: readThumb(checked.data),
    handOff: readStatus(checked.data),
    text: words,
    files,
    zone: localTimezone,
    clientActivityId: clientActivityID === '' ? null : clientActivityID,
  };
}
