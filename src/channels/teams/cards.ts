import type { Wire } from '../wire.ts';
import type { Reply, TellableFinding } from '../../domain/reply.ts';
import type { ChannelWords } from '../channel-words.ts';
import type { BlockNode, InlineNode } from '../../markdown/ast.ts';
import { leadOf } from '../../markdown/lead.ts';
import { buttonRows, elementsOf, textBlock } from './elements.ts';
import { markdownOf } from './markdown.ts';
import { standingOf } from '../standing.ts';

/** What stands below a card: its buttons, or that one was chosen; `chosen` null: the talk went on without one. */
export type Footer = { readonly seq: number; readonly labels: readonly string[] } | { readonly chosen: string | null };

/** How an activity says that an attachment is an Adaptive Card. */
export const cardType = 'application/vnd.microsoft.card.adaptive';
type Line = ChannelWords['line'];

/** The kinds that are cards even without buttons. */
const cardKinds: readonly Reply['kind'][] = ['verdict', 'steps', 'ticket', 'person'];
/** Characters of a title that leave room for a fact beside it in a narrow client (300 px). */
const longestUnbroken = 15;
const colors = { proved: 'Attention', possible: 'Warning', 'ruled-out': 'Default', unknown: 'Warning' } as const;

/** Whether a reply needs a card; others are messages. */
export function needsCard({ kind, actions }: Reply): boolean {
  return actions.length > 0 || cardKinds.includes(kind);
}

/** An Adaptive Card of these elements; `plain` is what it says, for clients that draw none. */
export function cardOf(body: readonly Wire[], plain: string): Wire {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    msteams: { width: 'Full' },
    fallbackText: plain,
    body,
  };
}

/** The card of a reply; of no elements where the words are too many for a card. */
export function replyCard(elements: readonly Wire[], footer: Footer, plain: string, { line }: ChannelWords): Wire {
  const body = [...elements, ...footerOf(footer, line)];
  return cardOf(body.length > 0 ? body : [textBlock(line('channel-question-closed'), { isSubtle: true })], plain);
}

function footerOf(footer: Footer, line: Line): Wire[] {
  if ('seq' in footer) return buttonRows(footer.labels, footer.seq);
  if (footer.chosen === null) return [];
  return [textBlock(line('channel-chose', { label: footer.chosen }), { isSubtle: true, separator: true })];
}

/** The elements of a reply's card, above its buttons; `blocks` are its text. */
export function bodyOf(reply: Reply, blocks: readonly BlockNode[], { line }: ChannelWords): readonly Wire[] {
  if (reply.kind === 'verdict') return verdictBody(blocks, reply.findings, line);
  if (reply.kind === 'ticket') return [...ticketNumber(reply.ticket, line), ...elementsOf(blocks)];
  if (reply.kind === 'person') return [byPerson(reply.name, line), ...elementsOf(blocks)];
  return elementsOf(blocks);
}

function verdictBody(blocks: readonly BlockNode[], findings: readonly TellableFinding[], line: Line): Wire[] {
  const checks = findings.filter(({ cause }) => cause !== 'nothing-blocks');
  const lead = leadOf(blocks[0]);
  const text = lead ? [heading(lead.heading), ...elementsOf([lead.rest, ...blocks.slice(1)])] : elementsOf(blocks);
  return [...standing(checks, line), ...text, ...checkedList(checks, line)];
}

function heading(text: string): Wire {
  return textBlock(text, { size: 'Medium', weight: 'Bolder', style: 'heading', spacing: 'Small' });
}

/** What the findings amount to, above the heading. */
function standing(checks: readonly TellableFinding[], line: Line): Wire[] {
  if (checks.length === 0) return [];
  const status = standingOf(checks);
  return [textBlock(line(`channel-amounts-${status}`), { size: 'Small', weight: 'Bolder', color: colors[status] })];
}

/** Folded away: everything that was checked, or could not be, with its fact. What only a feature tells is neither. */
function checkedList(findings: readonly TellableFinding[], line: Line): Wire[] {
  const checks = findings.flatMap(({ status, ...one }) => (status === 'needs-feature' ? [] : [{ ...one, status }]));
  const made = checks.filter(({ status }) => status !== 'unknown').length;
  if (checks.length === 0) return [];
  const facts = checks.map(({ status, fact, cause }) => ({
    title: inOneLine(line(`channel-found-${status}`)),
    value: markdownOf([{ text: fact || cause.replaceAll('-', ' ') }], 'card'),
  }));
  const unfold = {
    type: 'Action.ToggleVisibility',
    title: made > 0 ? line('channel-checked', { count: made }) : line('channel-not-checked', { count: checks.length }),
    targetElements: ['checked'],
  };
  return [
    { type: 'ActionSet', actions: [unfold] },
    { type: 'FactSet', id: 'checked', isVisible: false, facts },
  ];
}

/** Beside long facts a title is as narrow as its longest word. */
function inOneLine(title: string): string {
  return title.length > longestUnbroken ? title : title.replaceAll(' ', '\u00A0');
}

function ticketNumber(ticket: string, line: Line): Wire[] {
  if (ticket === '') return [];
  const number = textBlock(ticket, { size: 'ExtraLarge', weight: 'Bolder', fontType: 'Monospace', spacing: 'None' });
  return [textBlock(line('channel-ticket'), { isSubtle: true, size: 'Small' }), number];
}

function byPerson(name: string, line: Line): Wire {
  const inlines: readonly InlineNode[] = [{ text: name.trim(), bold: true }, { text: ` · ${line('channel-person')}` }];
  return textBlock(inlines, { size: 'Small' });
}
