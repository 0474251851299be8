import type { ActionsBlock, Button, KnownBlock, RichTextQuote, RichTextSection, RichTextText } from '@slack/types';
import type { TicketFeed, ClaimResult, HandleClaim, TicketSummary } from '../../domain/ticket-feed.ts';
import type { Log } from '../../domain/ports.ts';
import type { SlackApi } from './api.ts';
import type { Press } from './envelope.ts';
import { sectionOf as paragraphOf } from './blocks.ts';
import { escaped } from './mrkdwn.ts';
import type { SlackMessage } from './render.ts';

/** The action of "Claim"; its value is the ticket's number. */
export const claimAction = 'claim-ticket';

/** A ticket as a message of Slack, in which nothing of what people wrote is formatting, a link or a mention. */
export function drawSummary({ ticket, title, words, lines, standing, state, url }: TicketSummary): SlackMessage {
  const claim = { ...buttonOf('Claim', claimAction), style: 'primary', value: ticket } as const;
  const open = { ...buttonOf('Open', 'open-ticket'), url };
  const quote: RichTextQuote = { type: 'rich_text_quote', elements: [plain(words)] };
  const told = lines.flatMap(({ name, value }, i) => [...(i > 0 ? [plain('\n')] : []), bold(name), plain(` ${value}`)]);
  const elements =
    words === ''
      ? [sectionOf([bold(title), plain('\n'), ...told])]
      : [sectionOf([bold(title)]), quote, sectionOf(told)];
  return {
    text: escaped(`${title}: “${words}”. ${standing}`),
    blocks: [
      { type: 'rich_text', elements },
      { type: 'context', elements: [{ type: 'plain_text', text: standing, emoji: false }] },
      actionsOf(state === 'free' ? [claim, open] : [open]),
    ],
  };
}

const plain = (text: string): RichTextText => ({ type: 'text', text });
const bold = (text: string): RichTextText => ({ type: 'text', text, style: { bold: true } });
const sectionOf = (elements: RichTextText[]): RichTextSection => ({ type: 'rich_text_section', elements });

function buttonOf(text: string, action: string): Button {
  return { type: 'button', text: { type: 'plain_text', text, emoji: false }, action_id: action };
}

function actionsOf(elements: Button[]): ActionsBlock {
  return { type: 'actions', elements };
}

/** A channel of Slack in which tickets are shown. */
export function createTicketFeed(api: SlackApi, channel: string): TicketFeed {
  const drawn = (summary: TicketSummary) => {
    const { text, blocks } = drawSummary(summary);
    return { channel, text, blocks: [...blocks] };
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
