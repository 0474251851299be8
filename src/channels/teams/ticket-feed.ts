import type { TicketFeed, ClaimResult, TicketSummary } from '../../domain/ticket-feed.ts';
import { SupportError } from '../../domain/errors.ts';
import type { ChannelWords } from '../channel-words.ts';
import type { Wire } from '../wire.ts';
import type { Connector } from './connector.ts';
import { breakable } from './escape.ts';
import { rowsOf } from './elements.ts';
import { claimVerb } from './events.ts';
import type { TeamsEndpoints } from './endpoints.ts';

interface BoardNeeds {
  readonly connector: Connector;
  readonly endpoints: TeamsEndpoints;
  readonly appId: string;
  /** The channel, such as `19:…@thread.tacv2`. */
  readonly channel: string;
  readonly words: () => ChannelWords;
}

type Line = ChannelWords['line'];

/** The card's colour: free is to be seen first. */
const styles = { urgent: 'attention', free: 'warning', taken: 'accent', closed: 'good' } as const;

/** A ticket as a card of Teams; `tell` stands on it for whoever pressed. */
export function drawSummary(summary: TicketSummary, { line }: ChannelWords, tell: ClaimResult['tell'] = null): Wire {
  const { ticket, state, url, isUrgent } = summary;
  // Without `Action.Execute` whoever claims could not be answered: there the console is left.
  const claim = {
    ...{ type: 'Action.Execute', title: line('channel-claim'), verb: claimVerb, style: 'positive' },
    ...{ data: { ticket }, fallback: 'drop' },
  };
  const open = { type: 'Action.OpenUrl', title: line('channel-open'), url };
  const link = tell?.link && { type: 'Action.OpenUrl', title: tell.link.label, url: tell.link.url };
  const style = styles[state === 'free' && isUrgent ? 'urgent' : state];
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    msteams: { width: 'Full' },
    fallbackText: `${summary.title} ${summary.standing}`,
    body: [
      { type: 'Container', style, bleed: true, items: headOf(summary, line) },
      ...(state === 'free' ? bodyOf(summary, line) : []),
      ...(tell ? [exactly([{ text: tell.text, weight: 'Bolder' }])] : []),
      ...rowsOf([...(link ? [link] : []), ...(state === 'free' ? [claim] : []), open]),
    ],
  };
}

/** Closed: what became of it, in one line; otherwise what it is about, and who has it since when. */
function headOf({ title, standing, since, state }: TicketSummary, line: Line): Wire[] {
  if (state === 'closed') return [exactly([{ text: standing, weight: 'Bolder' }, { text: ` · ${title}` }])];
  // Teams tells a time in each reader's own zone, in blocks of our own text alone.
  const at = new Date(since).toISOString().replace(/\.\d+Z$/, 'Z');
  const time = {
    type: 'TextBlock',
    text: line('channel-since', { at: `{{DATE(${at},SHORT)}}, {{TIME(${at})}}` }),
    size: 'Small',
    spacing: 'None',
  };
  return [
    exactly([{ text: title, weight: 'Bolder', size: 'Medium' }]),
    exactly([{ text: standing, size: 'Small' }]),
    time,
  ];
}

function bodyOf({ context, words, next }: TicketSummary, line: Line): Wire[] {
  return [
    exactly([{ text: context, isSubtle: true }]),
    ...(words === '' ? [] : [{ type: 'Container', style: 'emphasis', items: [exactly([{ text: breakable(words) }])] }]),
    ...(next === '' ? [] : [exactly([{ text: `${line('channel-next')} `, weight: 'Bolder' }, { text: next }])]),
  ];
}

/** Text in which nothing is Markdown: a customer's words make no links. */
function exactly(runs: readonly Wire[]): Wire {
  return { type: 'RichTextBlock', inlines: runs.map((run) => ({ type: 'TextRun', ...run })) };
}

/** A channel of Teams in which tickets are shown, each as a thread of its own. */
export function createTicketFeed({ connector, endpoints, appId, channel, words }: BoardNeeds): TicketFeed {
  const bot = { id: `28:${appId}` };
  const activityOf = (summary: TicketSummary): Wire => {
    const attachment = {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: drawSummary(summary, words()),
    };
    return { type: 'message', from: bot, summary: `${summary.title}. ${summary.standing}`, attachments: [attachment] };
  };
  return {
    channel: 'teams',
    async post(summary) {
      const thread = { isGroup: true, bot, channelData: { channel: { id: channel } }, activity: activityOf(summary) };
      const { conversation, id } = await connector.begin(endpoints.proactiveUrl, thread);
      return `${conversation} ${id}`;
    },
    async update(ref, summary) {
      const [conversation = '', id] = ref.split(' ');
      if (!conversation.startsWith(`${channel};`) || !id)
        throw new SupportError('channel-refused', { detail: 'It is in another channel, or Teams did not name it.' });
      await connector.update({ service: endpoints.proactiveUrl, conversation }, id, { ...activityOf(summary), id });
    },
  };
}
