import type { ModalView } from '@slack/types';
import type { z } from 'zod';
import { feedbackReasons, longestReason } from '../../domain/outcome.ts';
import { parseJson } from '../../domain/parse-json.ts';
import { ellipsize } from '../../domain/truncate.ts';
import type { ChannelWords } from '../channel-words.ts';
import { reasonOf } from '../rated-answers.ts';
import { isOf } from './actions.ts';
import { limits, plain } from './blocks.ts';
import { formPlace, type FormEnd } from './envelope.ts';

/** Which answer a form is about, and in which talk with whom. */
export type FormPlace = z.infer<typeof formPlace>;

/** Slack's limit for a title and for the buttons of a form. */
const longestTitle = 24;

/** Asks with one tap, or in their own words, why an answer did not help. */
export function drawWhyForm(about: FormPlace, words: ChannelWords): ModalView {
  const line = (key: Parameters<ChannelWords['line']>[0], most: number) => plain(ellipsize(words.line(key), most));
  const options = feedbackReasons.map((value) => ({
    text: plain(ellipsize(words.action(value).label, limits.button)),
    value,
  }));
  return {
    type: 'modal',
    callback_id: 'why',
    private_metadata: JSON.stringify(about),
    notify_on_close: true,
    title: line('channel-feedback-title', longestTitle),
    submit: line('channel-feedback-send', longestTitle),
    close: line('channel-feedback-later', longestTitle),
    blocks: [
      {
        ...{ type: 'input', block_id: 'reason', optional: true, label: line('ask-why', 2_000) },
        element: { type: 'radio_buttons', action_id: 'reason', options },
      },
      {
        ...{ type: 'input', block_id: 'words', optional: true, label: line('channel-feedback-words', 2_000) },
        element: { type: 'plain_text_input', action_id: 'words', multiline: true, max_length: longestReason },
      },
    ],
  };
}

/** What an ended form says, and about which answer; null: it is not about one of whoever ended it. */
export function readWhy(end: FormEnd, { action }: ChannelWords): (FormPlace & { reason: string | null }) | null {
  const { type, view } = end;
  const about = formPlace.safeParse(parseJson(view.private_metadata)).data;
  if (!about || !isOf(end, about)) return null;
  const { reason, words } = view.state?.values ?? {};
  const chosen = feedbackReasons.find((one) => one === reason?.reason.selected_option?.value) ?? null;
  const written = reasonOf(words?.words.value);
  if (type === 'view_closed') return { ...about, reason: null };
  if (written === null || chosen === null) return { ...about, reason: written ?? chosen };
  return { ...about, reason: reasonOf(`${action(chosen).label}: ${written}`) };
}
