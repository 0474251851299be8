import type { ReplyDetails, WireActivity } from '../../domain/direct-line.ts';
import { copyButton } from './copy-button.ts';
import { button, el, langOf, spoken } from './dom.ts';
import { icon } from './icons.ts';
import { isSafe, linkTo, nodesOf } from './markdown.ts';
import { isOwn, type Entry } from './transcript.ts';
import { fill, type MessageWords } from './words/table.ts';
import { checkedList, statusMark, overallStatus } from './verdict.ts';

/** How a line of the transcript is drawn among the others. */
export interface Drawing {
  readonly words: MessageWords;
  /** Who spoke before; undefined: the reply is the first. */
  readonly speaker: string | undefined;
  /** When it was said, as it is shown; empty: it is not. */
  readonly stamp: string;
  readonly resend: (id: string) => void;
}

/** Draws one line of the transcript; a reply says who it is from when that is not who spoke before. */
export function drawEntry(entry: Entry, drawing: Drawing): HTMLElement {
  const { activity } = entry;
  if (activity.type === 'note') return el('p', { class: 'note' }, activity.text ?? '');
  const node = isOwn(activity) ? drawOwn(entry, drawing) : drawReply(activity, drawing.speaker, drawing.words);
  const { timestamp = '' } = activity;
  if (drawing.stamp !== '') node.append(el('time', { datetime: timestamp }, drawing.stamp));
  return node;
}

function drawOwn({ key, activity, state, reason }: Entry, { words, resend }: Drawing): HTMLElement {
  const { text = '' } = activity;
  const said = el('div', { dir: 'auto', ...langOf(text) }, text);
  const pictures = (activity.channelData?.screenshots ?? []).map(() =>
    el('p', { class: 'screenshot' }, icon('screenshot'), el('span', {}, words.screenshot)),
  );
  const bubble = el('div', { class: 'bubble' }, spoken(`${words.you}: `), said, ...pictures);
  const node = el('div', { class: `own ${state ?? ''}` }, bubble);
  if (state === 'sending') node.append(el('small', {}, words.sending));
  if (state === 'failed') {
    const again = button(words.tryAgain, () => resend(key), 'again');
    node.append(el('small', {}, el('strong', {}, words.notSent), ` ${reason ?? ''}`), again);
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
export function drawReply(activity: WireActivity, speaker: string | undefined, words: MessageWords): HTMLElement {
  const { channelData } = activity;
  const details = channelData?.latchkey ?? ({ kind: 'text' } as const);
  const body = el('div', { class: 'text', dir: 'auto', ...langOf(activity.text ?? '') }, ...wordsOf(activity));
  for (const quote of body.querySelectorAll('blockquote')) addCopy(quote, words);
  const { before, after } = aroundText(details, words, body);
  const bubble = el('div', { class: `bubble ${details.kind}` }, ...before, body, ...after);
  const name = speakerOf(activity);
  const isPerson = details.kind === 'person';
  const shown = isPerson ? fill(words.person, { name }) : name;
  const label = name === (speaker ?? name) ? spoken(`${name}: `) : el('p', { class: 'name' }, shown);
  return el('div', { class: isPerson ? 'reply by-person' : 'reply' }, label, bubble);
}

function addCopy(quote: HTMLElement, words: MessageWords): void {
  const quoted = el('div', {}, ...quote.childNodes);
  const text = [...quoted.children].map((part) => part.textContent).join('\n\n');
  quote.append(quoted, copyButton(words.copyMessage, text.trim(), quoted, words));
}

/** What stands around the text; an article that the text links is not linked twice. */
function aroundText({ verdict = [], ticket, article }: ReplyDetails, words: MessageWords, body: Element) {
  const before: Node[] = [];
  const after: Node[] = [];
  if (verdict.length) {
    before.push(statusMark(overallStatus(verdict), words));
    after.push(...checkedList(verdict, words));
  }
  if (ticket) before.push(ticketStub(ticket, words));
  const url = article && new URL(article.url, location.href).href;
  const isLinked = [...body.querySelectorAll('a')].some(({ href }) => href === url);
  if (url && isSafe(url) && !isLinked)
    after.push(
      el(
        'p',
        { class: 'article' },
        icon('article'),
        el('span', {}, `${words.article} `, linkTo(url, [el('bdi', {}, article.title)])),
      ),
    );
  return { before, after };
}

function ticketStub(ticket: string, words: MessageWords): HTMLElement {
  const number = el('strong', {}, ticket);
  return el(
    'p',
    { class: 'stub' },
    icon('ticket'),
    el('span', {}, `${words.ticket} `, number),
    copyButton(words.copy, ticket, number, words),
  );
}
