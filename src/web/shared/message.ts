import type { ReplyDetails, WireActivity } from '../../domain/direct-line.ts';
import { copyButton } from './copy-button.ts';
import { button, el, spoken } from './dom.ts';
import { icon } from './icons.ts';
import { isSafe, linkTo, nodesOf } from './markdown.ts';
import { isOwn, type Entry } from './transcript.ts';
import { checkedList, statusMark, overallStatus } from './verdict.ts';

/** Draws one line of the transcript; a reply says who it is from when that is not who spoke before. */
export function drawEntry(entry: Entry, speaker: string | undefined, resend: (id: string) => void): HTMLElement {
  const { activity } = entry;
  if (activity.type === 'note') return el('p', { class: 'note' }, activity.text ?? '');
  return isOwn(activity) ? drawOwn(entry, resend) : drawReply(activity, speaker);
}

function drawOwn({ key, activity, state, reason }: Entry, resend: (id: string) => void): HTMLElement {
  const bubble = el('div', { class: 'bubble' }, spoken('You: '), activity.text ?? '');
  const node = el('div', { class: `own ${state ?? ''}` }, bubble);
  if (state === 'sending') node.append(el('small', {}, 'Sending…'));
  if (state === 'failed') {
    const again = button('Try again', () => resend(key), 'again');
    node.append(el('small', {}, el('strong', {}, 'Not sent. '), reason ?? ''), again);
  }
  return node;
}

/** What a reply says; without its blocks as the plain text that it came as. */
export function wordsOf({ text = '', channelData }: WireActivity): readonly (Node | string)[] {
  const { blocks } = channelData?.latchkey ?? {};
  return blocks ? nodesOf(blocks) : [text];
}

/** Who speaks: a person by their name, and the bot as what the company calls its help, whatever the bot is called elsewhere. */
export function speakerOf({ from, channelData }: WireActivity): string {
  return (channelData?.latchkey?.kind === 'person' ? from?.name : undefined) ?? document.title;
}

/** Draws what the bot or a person of ours says. */
export function drawReply(activity: WireActivity, speaker: string | undefined): HTMLElement {
  const { channelData } = activity;
  const details = channelData?.latchkey ?? ({ kind: 'text' } as const);
  const body = el('div', { class: 'text' }, ...wordsOf(activity));
  for (const quote of body.querySelectorAll('blockquote')) addCopy(quote);
  const { before, after } = aroundText(details);
  const bubble = el('div', { class: `bubble ${details.kind}` }, ...before, body, ...after);
  const name = speakerOf(activity);
  const isPerson = details.kind === 'person';
  const shown = isPerson ? `${name} · a person` : name;
  const label = name === (speaker ?? name) ? spoken(`${name}: `) : el('p', { class: 'name' }, shown);
  return el('div', { class: isPerson ? 'reply by-person' : 'reply' }, label, bubble);
}

function addCopy(quote: HTMLElement): void {
  const words = el('div', {}, ...quote.childNodes);
  const text = [...words.children].map((part) => part.textContent).join('\n\n');
  quote.append(words, copyButton('Copy message', text.trim(), words));
}

function aroundText({ verdict = [], ticket, article }: ReplyDetails): { before: Node[]; after: Node[] } {
  const before: Node[] = [];
  const after: Node[] = [];
  if (verdict.length) {
    before.push(statusMark(overallStatus(verdict)));
    after.push(...checkedList(verdict));
  }
  if (ticket) before.push(ticketStub(ticket));
  const url = article && new URL(article.url, location.href).href;
  if (url && isSafe(url))
    after.push(
      el('p', { class: 'article' }, icon('article'), el('span', {}, 'Article: ', linkTo(url, [article.title]))),
    );
  return { before, after };
}

function ticketStub(ticket: string): HTMLElement {
  const number = el('strong', {}, ticket);
  return el(
    'p',
    { class: 'stub' },
    icon('ticket'),
    el('span', {}, 'Ticket ', number),
    copyButton('Copy', ticket, number),
  );
}
