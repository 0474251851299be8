import { z } from 'zod';
import { list, locale, text, zone } from '../../domain/schemas.ts';

const id = text(512);
const word = z
  .string()
  .refine(({ length }) => length <= 256)
  .nullish();

/** What is read of an activity of Teams; whatever else it says of itself is left out. */
export const activityShape = z.object({
  type: text(64),
  id: id.nullish(),
  name: word,
  timestamp: word,
  serviceUrl: z.string().nullish(),
  channelId: z.string().nullish(),
  from: z.object({
    id,
    name: word,
    /** Missing for people of no organisation, and wherever it is no id. */
    aadObjectId: z.guid().toLowerCase().nullish().catch(null),
  }),
  recipient: z.object({ id }),
  conversation: z.object({
    id,
    conversationType: word,
    tenantId: word,
  }),
  channelData: z
    .object({ tenant: z.object({ id: word }).nullish(), eventType: word })
    .nullish()
    .catch(null),
  text: z.string().nullish(),
  locale,
  localTimezone: zone,
  /** Of a judgement, what Teams calls the message; it may be missing or empty. */
  replyToId: word.catch(null),
  action: word,
  entities: list(z.unknown(), 500).nullish(),
  attachments: list(z.object({ contentType: z.string().catch('') }), 100).nullish(),
  membersAdded: list(z.object({ id }), 1_000).nullish(),
  value: z.unknown().optional(),
});

/** An activity of Teams. */
export type TeamsActivity = z.infer<typeof activityShape>;

/** The tenant in which an activity happened; null where none is named, or two. */
export function tenantOf({ conversation, channelData }: TeamsActivity): string | null {
  const named = [conversation.tenantId, channelData?.tenant?.id].filter((one) => typeof one === 'string');
  const [first = null, ...others] = new Set(named.map((one) => one.toLowerCase()));
  return others.length === 0 ? first : null;
}
