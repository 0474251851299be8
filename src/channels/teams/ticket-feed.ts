import type { TicketFeed, ClaimResult, TicketSummary } from '../../domain/ticket-feed.ts';
import { SupportError } from '../../domain/errors.ts';
import type { Wire } from '../wire.ts';
import type { Connector } from './connector.ts';
import { claimVerb } from './events.ts';
import type { TeamsEndpoints } from './endpoints.ts';

interface BoardNeeds {
  readonly connector: Connector;
  readonly endpoints: TeamsEndpoints;
  readonly appId: string;
  /** The channel, such as `19:…@thread.tacv2`. */
  readonly channel: string;
}

/** A ticket as a card of Teams; `tell` stands on it for whoever pressed. */
export function drawSummary(summary: TicketSummary, tell: ClaimResult['tell'] = null): Wire {
  const { ticket, title, words, lines, standing, state, url } = summary;
  const claim = { type: 'Action.Execute', title: 'Claim', verb: claimVerb, style: 'positive', data: { ticket } };
  const open = { type: 'Action.OpenUrl', title: 'Open', url };
  const link = tell?.link && { type: 'Action.OpenUrl', title: tell.link.label, url: tell.link.url };
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    msteams: { width: 'Full' },
    body: [
      exactly([{ text: title, weight: 'Bolder', size: 'Medium' }]),
      ...(words === '' ? [] : [{ type: 'Container', style: 'emphasis', items: [exactly([{ text: words }])] }]),
      ...lines.map(({ name, value }) => exactly([{ text: `${name}  `, weight: 'Bolder' }, { text: value }])),
      exactly([{ text: standing, isSubtle: true, size: 'Small' }]),
      ...(tell ? [exactly([{ text: tell.text, weight: 'Bolder' }])] : []),
      { type: 'ActionSet', actions: [...(link ? [link] : []), ...(state === 'free' ? [claim] : []), open] },
    ],
  };
}

/** Text in which nothing is Markdown: a customer's words make no links. */
function exactly(runs: readonly Wire[]): Wire {
  return { type: 'RichTextBlock', inlines: runs.map((run) => ({ type: 'TextRun', ...run })) };
}

/** A channel of Teams in which tickets are shown, each as a thread of its own. */
export function createTicketFeed({ connector, endpoints, appId, channel }: BoardNeeds): TicketFeed {
  const bot = { id: `28:${appId}` };
  const activityOf = (summary: TicketSummary): Wire => {
    const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', content: drawSummary(summary) };
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
