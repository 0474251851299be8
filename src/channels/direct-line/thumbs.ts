import { z } from 'zod';
import type { AnswerRated } from '../../domain/activity.ts';
import type { WireThing } from '../../domain/direct-line.ts';
import { SupportError } from '../../domain/errors.ts';
import type { StoredReply } from '../../domain/ports.ts';
import { reasonOf, type FindRatedAnswer } from '../rated-answers.ts';

/** A thumb that was pressed below an answer. */
export interface Thumb {
  /** Null: the client does not say which answer it means. */
  readonly answer: { readonly conversationId: string; readonly seq: number } | null;
  readonly answered: boolean;
  readonly reason: string | null;
}

/** Web Chat posts the action that it was sent; what is said in words comes as in Teams. */
const [voteName, submitName] = ['webchat:activity-status/feedback', 'message/submitAction'];
const vote = z.object({
  entities: z
    .array(z.unknown())
    .transform((all) => all.map((one) => action.safeParse(one).data).find((one) => one !== undefined))
    .pipe(z.lazy(() => action)),
});
const action = z.object({ '@type': z.enum(['LikeAction', 'DislikeAction']), '@id': z.string().nullish() });
const submit = z.object({
  replyToId: z.string().nullish(),
  value: z.object({
    actionName: z.literal('feedback'),
    actionValue: z.object({
      reaction: z.enum(['like', 'dislike']),
      feedback: z.object({ feedbackText: z.string() }).partial().nullish(),
    }),
  }),
});

/** The thumbs that Web Chat from 4.18 on draws below a reply that asks whether it was the answer; nothing below others. */
export function thumbsBelow(
  conversationId: string,
  { seq, reply }: StoredReply,
): { readonly entities?: readonly WireThing[] } {
  if (reply.kind !== 'feedback' || !reply.rates) return {};
  const thumb = (type: string) => ({
    '@type': type,
    '@id': `urn:latchkey:${conversationId}:${seq}:${type}`,
    actionStatus: 'PotentialActionStatus',
  });
  const message = { type: 'https://schema.org/Message', '@context': 'https://schema.org', '@type': 'Message' };
  return { entities: [{ ...message, '@id': '', potentialAction: [thumb('LikeAction'), thumb('DislikeAction')] }] };
}

/** Whether a client draws thumbs by itself, as it says in `x-ms-bot-agent`. */
export function drawsThumbs(agent: string | readonly string[] | undefined): boolean {
  const [, major, minor] = /\bWebChat\/(\d{1,4})\.(\d{1,4})\b/.exec(String(agent)) ?? [];
  return Number(major) > 4 || (major === '4' && Number(minor) >= 18);
}

/** Null: the activity is something else. Throws `message-invalid` where it is a thumb and cannot be read. */
export function readThumb(activity: {
  readonly type?: unknown;
  readonly name?: unknown;
  readonly [member: string]: unknown;
}): Thumb | null {
  const { type, name } = activity;
  if (type === 'event' && name === voteName) {
    const { '@type': which, '@id': id } = checked(vote, activity).entities;
    return {
      answer: namedBy(id, /^urn:latchkey:([\w-]{1,128}):(\d{1,15}):/),
      answered: which === 'LikeAction',
      reason: null,
    };
  }
  if (type !== 'invoke' || name !== submitName) return null;
  const { replyToId, value } = checked(submit, activity);
  const { reaction, feedback } = value.actionValue;
  return {
    answer: namedBy(replyToId, /^([\w-]{1,128})\|(\d{1,15})$/),
    answered: reaction === 'like',
    reason: reasonOf(feedback?.feedbackText),
  };
}

/** What a thumb says of which answer. Throws `answer-unknown` where there is none such in this conversation. */
export async function ratedBy(
  { answer, answered, reason }: Thumb,
  conversationId: string,
  find: FindRatedAnswer,
): Promise<Omit<AnswerRated, 'type' | 'name'>> {
  const isElsewhere = answer !== null && answer.conversationId !== conversationId;
  const found = isElsewhere ? null : await find(conversationId, answer?.seq ?? null);
  if (!found) throw new SupportError('answer-unknown');
  return { of: found.of, answered, reason, asking: false };
}

function namedBy(id: string | null | undefined, pattern: RegExp): Thumb['answer'] {
  const [, conversationId, seq] = pattern.exec(id ?? '') ?? [];
  return conversationId === undefined ? null : { conversationId, seq: Number(seq) };
}

function checked<T extends z.ZodType>(schema: T, activity: unknown): z.infer<T> {
  const read = schema.safeParse(activity);
  if (!read.success) throw new SupportError('message-invalid', { cause: read.error });
  return read.data;
}
