import { BotAdapter, TurnContext, type Activity, type ActivityHandler, type ResourceResponse } from 'botbuilder';
import { attachTurn, turnOf, type Turn } from '../../dialogs/turn.ts';
import type { PendingActivity } from '../domain/ports.ts';

/**
 * The SDK's side of a turn. `sendActivity` collects into the turn, which is stored before anything is sent (decision 003); so
 * dialogs and middleware written for the Bot Framework work here, but can change nothing that was sent.
 */
export class TurnAdapter extends BotAdapter {
  /** Runs the bot, through the middleware that was given to `use`. */
  async run(bot: ActivityHandler, turn: Turn, pending: PendingActivity): Promise<void> {
    const context = new TurnContext(this, botActivity(turn, pending));
    attachTurn(context, turn);
    await this.runMiddleware(context, (running) => bot.run(running));
  }

  override sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const turn = turnOf(context);
    return Promise.resolve(activities.map((activity) => collect(turn, activity)));
  }

  override updateActivity(): Promise<never> {
    return refuse('a reply cannot be changed: it is stored, then sent');
  }

  override deleteActivity(): Promise<never> {
    return refuse('a reply cannot be taken back: it is stored, then sent');
  }

  override continueConversation(): Promise<never> {
    return refuse('a turn begins with a stored activity');
  }
}

/** Only messages are said; that an answer is on its way is shown by the channel. */
function collect(turn: Turn, { type = 'message', text = '', suggestedActions }: Partial<Activity>): ResourceResponse {
  if (type === 'message') turn.reply(text);
  // Pressing such a button sends its words, which are recognized like any others.
  if (suggestedActions) turn.offer(suggestedActions.actions.map(({ title }) => ({ label: title, means: '' })));
  return { id: String(turn.replies.length) };
}

/** A stored activity as the Bot Framework has it. */
function botActivity(turn: Turn, pending: PendingActivity): Partial<Activity> {
  const { conversationId, channel } = turn;
  const common = {
    id: String(pending.seq),
    timestamp: new Date(pending.at),
    channelId: channel,
    from: { id: pending.author ?? 'latchkey', name: '' },
    recipient: { id: 'latchkey', name: 'Latchkey' },
    conversation: { id: conversationId, name: '', isGroup: turn.shared, conversationType: 'personal' },
  };
  if (pending.type === 'message') return { ...common, type: 'message', text: pending.text };
  return pending.name === 'opened' || pending.name === 'installed'
    ? { ...common, type: 'conversationUpdate' }
    : { ...common, type: 'event', name: pending.name };
}

function refuse(why: string): Promise<never> {
  return Promise.reject(new Error(why));
}
