import type {
  ActionsBlock,
  Button,
  KnownBlock,
  MessageAttachment,
  RichTextBlock,
  RichTextDate,
  RichTextQuote,
  RichTextSection,
  RichTextText,
} from '@slack/types';
import type { TicketFeed, ClaimResult, HandleClaim, TicketSummary } from '../../domain/ticket-feed.ts';
import { iso, type Instant } from '../../domain/instant.ts';
import type { Log } from '../../domain/ports.ts';
import type { SlackApi } from './api.ts';
import type { Press } from './envelope.ts';
import { sectionOf as paragraphOf } from './blocks.ts';
import { escaped } from './mrkdwn.ts';
import type { SlackMessage } from './render.ts';

/** The action of "Claim"; its value is the ticket's number. */
export const claimAction = 'claim-ticket';

/** The bar beside a message: free is to be seen first. */
const colours = { urgent: '#c4314b', free: '#d97706', taken: '#2563eb', closed: '#15803d' } as const;

/** A ticket as a message of Slack, in which nothing of what people wrote is formatting, a link or a mention. */
export function drawSummary(summary: TicketSummary): SlackMessage & { attachments: MessageAttachment[] } {
  const { title, standing, words, state, isUrgent } = summary;
  const color = colours[state === 'free' && isUrgent ? 'urgent' : state];
  const fallback = `${title} ${standing}${words === '' ? '' : `: “${words}”`}`;
  return { text: escaped(fallback), blocks: [], attachments: [{ color, fallback, blocks: blocksOf(summary) }] };
}

/** Free: all that one needs to take it; taken: who has it; closed: what became of it. */
function blocksOf({ ticket, title, context, words, next, standing, since, state, url }: TicketSummary): KnownBlock[] {
  const open = { ...buttonOf('Open', 'open-ticket'), url };
  const time = [plain(`${standing} · since `), timeOf(since)];
  if (state === 'closed') return [textOf(sectionOf([bold(standing), plain(` · ${title}`)])), actionsOf([open])];
  if (state === 'taken') return [textOf(sectionOf([bold(title)]), sectionOf(time)), actionsOf([open])];
  const claim = { ...buttonOf('Claim', claimAction), style: 'primary', value: ticket } as const;
  const quote: RichTextQuote = { type: 'rich_text_quote', elements: [plain(words)] };
  const told = [
    sectionOf([bold(title), plain(`\n${context}`)]),
    ...(words === '' ? [] : [quote]),
    ...(next === '' ? [] : [sectionOf([bold('Do next (proposal): '), plain(next)])]),
    sectionOf(time),
  ];
  return [textOf(...told), actionsOf([claim, open])];
}

/** Slack tells a time in each reader's own zone. */
function timeOf(at: Instant): RichTextDate {
  const format = '{date_short_pretty} {time}';
  return { type: 'date', timestamp: Math.floor(at / 1_000), format, fallback: iso(at) };
}

const textOf = (...elements: RichTextBlock['elements']): RichTextBlock => ({ type: 'rich_text', elements });
const plain = (text: string): RichTextText => ({ type: 'text', text });
const bold = (text: string): RichTextText => ({ type: 'text', text, style: { bold: true } });
const sectionOf = (elements: RichTextSection['elements']): RichTextSection => ({ type: 'rich_text_section', elements });

function buttonOf(text: string, action: string): Button {
  return { type: 'button', text: { type: 'plain_text', text, emoji: false }, action_id: action };
}

function actionsOf(elements: Button[]): ActionsBlock {
  return { type: 'actions', elements };
}

/** A channel of Slack in which tickets are shown. */
export function createTicketFeed(api: SlackApi, channel: string): TicketFeed {
  const drawn = (summary: TicketSummary) => {
    const { text, blocks, attachments } = drawSummary(summary);
    // Earlier versions posted blocks: an update takes them away.
    return { channel, text, blocks: [...blocks], attachments };
  };
  return {
    channel: 'slack',
    async post(summary) {
      const quiet = { unfurl_links: false, unfurl_media: false };
      const { ts } = await api((client) => client.chat.postMessage({ ...drawn(summary), ...quiet }));
      return ts ?? '';
    },
    async update(ref, summary) {
      await api((client) => client.chat.update({ ...drawn(summary), ts: ref }));
    },
  };
}

/** What a claim needs. */
interface PressNeeds {
  readonly api: SlackApi;
  readonly claim: HandleClaim;
  readonly log: Log;
}

/** Claims the ticket whose button was pressed, and tells whoever pressed what became of it. Does not wait. */
export function claimFromPress({ api, claim, log }: PressNeeds, { user, team, channel, actions }: Press): void {
  const ticket = actions[0]?.value ?? '';
  const channelUser = `slack|${user.team_id ?? team?.id ?? ''}|${user.id}`;
  void claim({ ticket, channel: 'slack', channelUser, name: user.name ?? user.id })
    .then(async ({ tell }) => {
      if (tell)
        await api((client) => client.chat.postEphemeral({ channel: channel.id, user: user.id, ...drawTold(tell) }));
    })
    .catch((error: unknown) => log.warn({ ticket, err: error }, 'Slack did not tell what became of a claim'));
}

function drawTold({ text, link }: NonNullable<ClaimResult['tell']>): { text: string; blocks: KnownBlock[] } {
  const button = link && actionsOf([{ ...buttonOf(link.label, 'connect'), url: link.url }]);
  return { text: escaped(text), blocks: [paragraphOf(escaped(text)), ...(button ? [button] : [])] };
}
