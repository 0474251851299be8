import { codeOf } from '../../domain/errors.ts';
import type { Conversations } from '../../domain/ports.ts';
import type { ChannelNeeds } from '../channel.ts';
import type { ChannelWords } from '../channel-words.ts';
import { conversationIdOf, type ChannelEvent } from '../inbound.ts';
import { createFindRatedAnswer } from '../rated-answers.ts';
import { ratingOfPress } from './actions.ts';
import type { SlackApi } from './api.ts';
import type { FormEnd, Press } from './envelope.ts';
import { placed, type SlackPlace } from './events.ts';
import type { Later } from './later.ts';
import { drawWhyForm, readWhy, type FormPlace } from './why-form.ts';

/** What judging answers with Slack's own control needs. */
export interface FeedbackNeeds extends Pick<ChannelNeeds, 'receive' | 'refused' | 'log'> {
  readonly api: SlackApi;
  readonly conversations: Pick<Conversations, 'activitiesAfter' | 'lastSeq'>;
  readonly words: () => ChannelWords;
  readonly later: Later;
}

/** Takes in what is said of answers. Each resolves when it is stored. */
export interface Feedback {
  /** The control was pressed. A no opens a form that asks why: that is not waited for. */
  rate(press: Press): Promise<void>;
  /** The form was sent or closed. */
  explain(end: FormEnd): Promise<void>;
}

/** What is judged must be an answer of the same talk. */
export function createFeedback(needs: FeedbackNeeds): Feedback {
  const { api, receive, log, words } = needs;
  const find = createFindRatedAnswer(needs.conversations);

  /** The judgement as an event; null: there is no such answer in that talk. */
  async function eventOf(at: SlackPlace, seq: number, eventId: string, said: Said): Promise<RatedEvent | null> {
    const place = placed(at);
    const found = await find(conversationIdOf('slack', place.place), seq);
    if (!found) needs.refused('slack-rating');
    return found && { ...place, eventId, message: null, rated: { of: found.of, ...said } };
  }

  /** Opens the form; where Slack does not, the talk asks. */
  async function ask(trigger: string, about: FormPlace, event: RatedEvent): Promise<void> {
    try {
      await api((client) => client.views.open({ trigger_id: trigger, view: drawWhyForm(about, words()) }));
    } catch (error) {
      log.info({ code: codeOf(error), err: error }, 'Slack opened no form that asks why');
      await receive({ ...event, eventId: `${event.eventId} unasked`, rated: { ...event.rated, asking: false } });
    }
  }

  return {
    async rate(press) {
      const rating = ratingOfPress(press);
      if (!rating) {
        needs.refused('slack-rating');
        return;
      }
      const { at, answered, seq } = rating;
      const eventId = `${press.message.ts}|rate ${press.actions[0]?.action_ts ?? ''}|${at.user}`;
      const event = await eventOf(at, seq, eventId, { answered, reason: null, asking: !answered });
      if (!event) return;
      await receive(event);
      if (!answered) needs.later(eventId, () => ask(press.trigger_id ?? '', { ...at, seq }, event));
    },
    async explain(end) {
      const why = readWhy(end, words());
      if (!why) {
        needs.refused('slack-rating');
        return;
      }
      const { seq, reason, ...at } = why;
      const event = await eventOf(at, seq, `form ${end.view.id}`, { answered: false, reason, asking: false });
      if (event) await receive(event);
    },
  };
}

type Said = Pick<NonNullable<ChannelEvent['rated']>, 'answered' | 'reason' | 'asking'>;
type RatedEvent = ChannelEvent & Required<Pick<ChannelEvent, 'rated'>>;
