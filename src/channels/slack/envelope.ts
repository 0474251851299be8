import { z } from 'zod';
import { SupportError } from '../../domain/errors.ts';
import { text } from '../../domain/schemas.ts';
import { parseJsonWithin } from '../../http/read-json.ts';

// Ids go into keys that a bar divides.
const id = z.string().regex(/^[\dA-Z]{1,40}$/);
const ts = z.string().regex(/^\d{1,20}\.\d{1,10}$/);
const words = z.string().nullish();

const challenge = z.looseObject({ type: z.literal('url_verification'), challenge: text(1_000) });
const callback = z.looseObject({
  type: z.literal('event_callback'),
  team_id: id,
  /** The workspace that has the app, where a shared channel has several. */
  context_team_id: id.nullish(),
  api_app_id: id,
  event_id: text(100),
  event: z.looseObject({ type: text(100) }),
  authorizations: z.array(z.looseObject({ user_id: id.nullish(), is_bot: z.boolean().nullish() })).nullish(),
});
const limited = z.looseObject({ type: z.literal('app_rate_limited'), team_id: id, api_app_id: id });
// Of the types that we know, one that is not shaped as documented is an error, not news.
const known = ['url_verification', 'event_callback', 'app_rate_limited'];
const other = z
  .looseObject({ type: text(100).refine((type) => !known.includes(type)) })
  .transform(() => ({ type: 'other' as const }));
const envelope = z.union([challenge, callback, limited, other]);

/** An `event_callback` of the Events API. */
export type Callback = z.infer<typeof callback>;
/** What Slack posts to the address for events. */
export type Envelope = z.infer<typeof envelope>;

/** A message that was put into this one; `is_share`: somebody forwarded it. */
const attachment = z.looseObject({ is_share: z.boolean().nullish(), text: words });

/** What was put into a message. */
export type Attachment = z.infer<typeof attachment>;

/** A message, wherever it stands. */
export const messageEvent = z.looseObject({
  type: z.enum(['message', 'app_mention']),
  subtype: words,
  hidden: z.boolean().nullish(),
  bot_id: words,
  user: id,
  channel: id,
  channel_type: words,
  text: words,
  ts,
  thread_ts: ts.nullish(),
  files: z.array(z.unknown()).nullish(),
  attachments: z.array(attachment).nullish(),
  edited: z.looseObject({ ts }).nullish(),
});

const changed = z.looseObject({ type: z.literal('message'), channel: id, channel_type: words });
/** A message as it is now and was before: its words were corrected, or Slack itself changed something else in it. */
export const messageChanged = changed.extend({
  subtype: z.literal('message_changed'),
  message: z.looseObject({ subtype: words }),
  previous_message: z.looseObject({ text: words }).nullish(),
});
/** A message that is gone, as it was. */
export const messageDeleted = changed.extend({
  subtype: z.literal('message_deleted'),
  deleted_ts: ts,
  previous_message: z.looseObject({}),
});

/** Somebody opened the app's own page, where its direct messages stand. */
export const homeOpened = z.looseObject({ type: z.literal('app_home_opened'), user: id, channel: id, tab: words });

/** Somebody began a thread with an app of the older kind (`assistant_view`). */
export const threadStarted = z.looseObject({
  type: z.literal('assistant_thread_started'),
  assistant_thread: z.looseObject({ user_id: id, channel_id: id, thread_ts: ts }),
});

/** The app, and who does something with it. */
const whose = z.looseObject({
  api_app_id: id,
  team: z.looseObject({ id }).nullish(),
  user: z.looseObject({ id, team_id: id.nullish(), name: words }),
});

/** What was pressed. */
const said = z.looseObject({
  type: text(100),
  action_id: text(300),
  value: text(2_000).nullish(),
  action_ts: ts.nullish(),
});

const press = whose.extend({
  type: z.literal('block_actions'),
  trigger_id: words,
  channel: z.looseObject({ id }),
  message: z.looseObject({
    ts,
    thread_ts: ts.nullish(),
    team: id.nullish(),
    metadata: z.looseObject({ event_payload: z.looseObject({ conversation: words }).nullish() }).nullish(),
  }),
  actions: z.array(said).refine(({ length }) => length >= 1),
});

/** Whose the app's page is, and where their direct messages are, as Slack keeps it for us. */
export const homePlace = z.object({ team: id, user: id, channel: id });
/** The same of the form about an answer; `seq`: of the reply that asks. */
export const formPlace = homePlace.extend({ thread: ts.nullable(), seq: z.int().positive() });

/** A button on the app's page. */
const homePress = whose
  .extend({
    type: z.literal('block_actions'),
    trigger_id: text(200),
    view: z.looseObject({ type: z.literal('home'), private_metadata: z.string() }),
    actions: z.array(said).refine(({ length }) => length >= 1),
  })
  // Slack calls it as it calls a press below a message.
  .transform((told) => ({ ...told, type: 'home_actions' as const }));

/** The form in which somebody says why an answer did not help: it was sent, or closed. */
const formEnd = whose.extend({
  type: z.enum(['view_submission', 'view_closed']),
  view: z.looseObject({
    id: text(100),
    callback_id: z.literal('why'),
    private_metadata: z.string(),
    state: z
      .looseObject({
        values: z.looseObject({
          reason: z
            .looseObject({ reason: z.looseObject({ selected_option: z.looseObject({ value: words }).nullish() }) })
            .nullish(),
          words: z.looseObject({ words: z.looseObject({ value: words }) }).nullish(),
        }),
      })
      .nullish(),
  }),
});
/** Our shortcut on a message, wherever that stands. */
const shortcut = whose.extend({
  type: z.literal('message_action'),
  callback_id: z.literal('why-refused'),
  trigger_id: text(200),
  response_url: words,
  channel: z.looseObject({ id }),
  message: z.looseObject({ text: words }),
});
const interaction = z.union([press, homePress, formEnd, shortcut]);

/** A slash command, which comes as a form of its own. */
const command = z.looseObject({
  api_app_id: id,
  team_id: id,
  user_id: id,
  channel_id: id,
  text: z.string(),
  trigger_id: text(200),
  response_url: words,
});

/** The app, and who does something with it, as Slack tells it. */
export type Whose = z.infer<typeof whose>;
/** A pressed button, as Slack tells it. */
export type Press = z.infer<typeof press>;
/** A button that was pressed on the app's page, as Slack tells it. */
export type HomePress = z.infer<typeof homePress>;
/** An ended form, as Slack tells it. */
export type FormEnd = z.infer<typeof formEnd>;
/** A shortcut, as Slack tells it. */
export type Shortcut = z.infer<typeof shortcut>;
/** A slash command, as Slack tells it. */
export type Command = z.infer<typeof command>;

// A forwarded message holds its blocks, and those of what was forwarded in it.
const deepest = 64;

/** The envelope in a body whose signature is right. Throws `json-invalid`, `body-too-deep` or `message-invalid`. */
export function readEnvelope(body: string): Envelope {
  const { data, error } = envelope.safeParse(parseJsonWithin(deepest, body));
  if (!data) throw new SupportError('message-invalid', { cause: error });
  return data;
}

/** What somebody did, in such a form; null: nothing that we know. Throws as `readEnvelope` does. */
export function readInteraction(form: string): Press | HomePress | FormEnd | Shortcut | null {
  const payload = new URLSearchParams(form).get('payload');
  if (payload === null) throw new SupportError('message-invalid');
  return interaction.safeParse(parseJsonWithin(deepest, payload)).data ?? null;
}

/** The slash command in such a form. Throws `message-invalid`. */
export function readCommand(form: string): Command {
  const { data, error } = command.safeParse(Object.fromEntries(new URLSearchParams(form)));
  if (!data) throw new SupportError('message-invalid', { cause: error });
  return data;
}
