import type { Addresses } from '../../domain/channels.ts';
import { feedbackReasons, longestReason } from '../../domain/outcome.ts';
import { json, type Answer } from '../../http/answer.ts';
import type { ChannelNeeds } from '../channel.ts';
import type { ChannelWords } from '../channel-words.ts';
import { conversationIdOf, type ChannelEvent } from '../inbound.ts';
import type { FindRatedAnswer } from '../rated-answers.ts';
import type { Wire } from '../wire.ts';
import { cardOf, cardType } from './cards.ts';
import type { Rating } from './rating.ts';

interface FeedbackNeeds extends Pick<ChannelNeeds, 'receive' | 'refused'> {
  readonly addresses: Pick<Addresses, 'seqOf'>;
  readonly findRatedAnswer: FindRatedAnswer;
  readonly words: () => ChannelWords;
}

/** Takes what Teams' own thumbs say of an answer. What cannot be told which answer it means is refused, and stored nowhere. */
export function createFeedback({ receive, refused, addresses, findRatedAnswer, words }: FeedbackNeeds) {
  /** Teams does not always say which message it was: then it is the last that asked. */
  async function find(id: string, ref: string | null) {
    const seq = ref === null ? null : await addresses.seqOf(id, ref);
    return ref !== null && seq === null ? null : findRatedAnswer(id, seq);
  }

  return async (event: ChannelEvent, { isFetch, answered, reason, ref }: Rating): Promise<Answer> => {
    const found = await find(conversationIdOf(event.channel, event.place), ref);
    if (!found) {
      refused('feedback-unknown');
      return isFetch ? json(dialogSaying(words().line('channel-feedback-gone'))) : json({}, 400);
    }
    const asking = isFetch && !answered;
    await receive({ ...event, rated: { of: found.of, answered, reason, asking } });
    // To what the form says nothing but an empty object may be answered.
    if (!isFetch) return json({});
    return json(asking ? formFor(words()) : dialogSaying(words().line('channel-feedback-yes')));
  };
}

const dialogSaying = (value: string): Wire => ({ task: { type: 'message', value } });

/** Asks why an answer did not help: with one tap, or in own words. */
function formFor({ line, action }: ChannelWords): Wire {
  const title = line('ask-why');
  const choices = feedbackReasons.map((value) => ({ title: action(value).label, value }));
  const card = cardOf(
    [
      { type: 'Input.ChoiceSet', id: 'reason', label: title, style: 'expanded', wrap: true, choices },
      {
        ...{ type: 'Input.Text', id: 'feedbackText', label: line('channel-feedback-words') },
        ...{ isMultiline: true, maxLength: longestReason },
      },
      { type: 'ActionSet', actions: [{ type: 'Action.Submit', title: line('channel-feedback-send') }] },
    ],
    title,
  );
  const content = { contentType: cardType, content: card };
  return { task: { type: 'continue', value: { title, height: 'medium', width: 'small', card: content } } };
}
