import type { Wire } from '../../domain/ports.ts';
import { buttonRows, elementOf, elementsOf, textBlock } from './elements.ts';
import { blocksOf, isSafe } from './markdown.ts';
import type { StoredReply } from './stored-reply.ts';
import { words } from './words.ts';

/** What stands below a card: its buttons, or that one was chosen; `chosen` null: the talk went on without one. */
export type Below = { readonly seq: number; readonly labels: readonly string[] } | { readonly chosen: string | null };

/** The kinds that are drawn as cards even without buttons. */
const drawn = ['verdict', 'steps', 'ticket', 'person'];
const colors = { proved: 'Attention', 'ruled-out': 'Good', unknown: 'Warning' } as const;

/** Whether a reply needs a card; others are messages. */
export function needsCard({ kind, labels }: StoredReply): boolean {
  return labels.length > 0 || drawn.includes(kind);
}

/** A reply as an Adaptive Card. */
export function cardOf(reply: StoredReply, below: Below): Wire {
  return card([...bodyOf(reply), ...belowOf(below)]);
}

/** A card of buttons alone, for words that were too many for one. */
export function buttonCard(below: Below): Wire {
  return card(belowOf(below));
}

function card(body: readonly Wire[]): Wire {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    msteams: { width: 'Full' },
    body: body.length > 0 ? body : [textBlock(words.gone, { isSubtle: true })],
  };
}

function belowOf(below: Below): Wire[] {
  if ('seq' in below) return buttonRows(below.labels, below.seq);
  return below.chosen === null ? [] : [textBlock(words.chose(below.chosen), { isSubtle: true, separator: true })];
}

function bodyOf(reply: StoredReply): Wire[] {
  const { kind, text, verdict, article, ticket, person } = reply;
  if (kind === 'verdict') return verdictBody(text, verdict ?? []);
  if (kind === 'steps') return [...elementsOf(text), ...(article ? articleLink(article.url) : [])];
  if (kind === 'ticket') return [...ticketNumber(ticket), ...elementsOf(text)];
  if (kind === 'person') return [...byPerson(person ?? ''), ...elementsOf(text)];
  return elementsOf(text);
}

type Findings = NonNullable<StoredReply['verdict']>;

function verdictBody(text: string, verdict: Findings): Wire[] {
  const checks = verdict.filter(({ cause }) => cause !== 'nothing-blocks');
  const [lead, ...rest] = blocksOf(text);
  const first = lead?.is === 'paragraph' ? leadOf(lead.text) : lead ? [elementOf(lead)] : [];
  return [...standing(checks), ...first, ...rest.map(elementOf), ...checkedList(checks)];
}

/** The first sentence, where it is bold, is the heading. */
function leadOf(text: string): Wire[] {
  const [, heading, more = ''] = /^\*\*([^*]+)\*\*\s*(.*)$/s.exec(text) ?? [];
  if (heading === undefined) return [textBlock(text)];
  const looks = { size: 'Medium', weight: 'Bolder', style: 'heading', spacing: 'Small' };
  return [textBlock(heading, looks), ...(more === '' ? [] : [textBlock(more)])];
}

/** What the findings amount to, above the heading: a proof, else a doubt, else that nothing blocks. */
function standing(checks: Findings): Wire[] {
  if (checks.length === 0) return [];
  const has = (status: Findings[number]['status']) => checks.some((one) => one.status === status);
  const status = has('proved') ? 'proved' : has('unknown') ? 'unknown' : 'ruled-out';
  return [textBlock(words.amounts[status], { size: 'Small', weight: 'Bolder', color: colors[status] })];
}

/** Folded away: everything that was checked, with its fact. */
function checkedList(checks: Findings): Wire[] {
  if (checks.length === 0) return [];
  const facts = checks.map(({ status, fact, cause }) => ({
    title: words.found[status],
    value: fact || cause.replaceAll('-', ' '),
  }));
  const unfold = { type: 'Action.ToggleVisibility', title: words.checked(checks.length), targetElements: ['checked'] };
  return [
    { type: 'ActionSet', actions: [unfold] },
    { type: 'FactSet', id: 'checked', isVisible: false, facts },
  ];
}

function articleLink(url: string): Wire[] {
  if (!isSafe(url)) return [];
  return [{ type: 'ActionSet', actions: [{ type: 'Action.OpenUrl', title: words.article, url }] }];
}

function ticketNumber(ticket: string | undefined): Wire[] {
  if (ticket === undefined) return [];
  const number = textBlock(ticket, { size: 'ExtraLarge', weight: 'Bolder', fontType: 'Monospace', spacing: 'None' });
  return [textBlock(words.ticket, { isSubtle: true, size: 'Small' }), number];
}

function byPerson(name: string): Wire[] {
  return [textBlock(`**${name.replaceAll(/[*_[\]\\]/g, ' ').trim()}** · ${words.person}`, { size: 'Small' })];
}
