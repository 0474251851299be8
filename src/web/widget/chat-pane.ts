import type { WireButton } from '../../domain/direct-line.ts';
import type { Client } from './client.ts';
import { button, byId, el } from '../shared/dom.ts';
import { drawEntry, speakerOf } from '../shared/message.ts';
import { isOwn, type Entry } from '../shared/transcript.ts';

/** Draws the client's state; lines already drawn stay as they are. */
export class ChatPane {
  readonly #scroll = byId('scroll');
  readonly #log = byId('log');
  readonly #resend: (id: string) => void;
  #anchor = '';
  #followed = 0;
  #height = 0;
  #drawn = new Map<string, { entry: Entry; node: HTMLElement }>();

  constructor(resend: (id: string) => void) {
    this.#resend = resend;
    new ResizeObserver(() => this.#keepEnd()).observe(this.#scroll);
  }

  render(client: Client): void {
    const { entries, status, sentence } = client;
    const follows = this.#scroll.scrollHeight - this.#scroll.scrollTop - this.#scroll.clientHeight < 120;
    const added = this.#drawLog(entries);
    const last = entries.at(-1)?.activity;
    const busy = client.typing || (status === 'connecting' && !entries.length);
    byId('typing').hidden = !busy;
    const { person, waits } = client.transcript;
    const bot = waits ? 'Automated assistant · you are waiting for a person' : 'Automated assistant';
    setText('who', person === null ? bot : `${person}, a person`);
    setText('typist', `${person ?? document.title} is typing`);
    byId('typist').classList.toggle('spoken', person === null);
    drawChoices(last && !isOwn(last) && !busy ? last.suggestedActions?.actions : [], (text) => client.send(text));
    setText('trouble', status === 'reconnecting' ? 'Reconnecting… your messages are kept.' : '');
    drawBlocked(status === 'blocked' ? sentence : '', () => client.start());
    if (added && (follows || isOwn(added.activity))) this.#follow(added);
    else if (follows && busy) this.#scroll.scrollTop = this.#scroll.scrollHeight;
  }

  /** Brings the lines up to date and returns the first one that is new. */
  #drawLog(entries: readonly Entry[]): Entry | undefined {
    const before = this.#drawn;
    this.#drawn = new Map();
    let first: Entry | undefined;
    let speaker: string | undefined;
    let place = this.#log.firstChild;
    for (const entry of entries) {
      const old = before.get(entry.key);
      const node = old && same(old.entry, entry) ? old.node : drawEntry(entry, speaker, this.#resend);
      if (!old) first ??= entry;
      else if (old.node !== node) old.node.replaceWith(node);
      if (place === old?.node) place = node;
      if (node === place) place = node.nextSibling;
      else this.#log.insertBefore(node, place);
      this.#drawn.set(entry.key, { entry, node });
      if (entry.activity.type !== 'note' && !isOwn(entry.activity)) speaker = speakerOf(entry.activity);
    }
    for (const [key, { node }] of before) if (!this.#drawn.has(key)) node.remove();
    return first;
  }

  /** Shows the end of the transcript, but never scrolls the beginning of what came within two seconds out of sight. */
  #follow(added: Entry): void {
    const now = performance.now();
    if (now - this.#followed > 2000 || isOwn(added.activity)) this.#anchor = added.key;
    this.#followed = now;
    const start = this.#drawn.get(this.#anchor)?.node.offsetTop ?? Infinity;
    this.#scroll.scrollTop = Math.min(this.#scroll.scrollHeight, start - 12);
  }

  /** The field grew or a keyboard came up: what stood at the lower edge stays there. */
  #keepEnd(): void {
    const height = this.#scroll.clientHeight;
    this.#scroll.scrollTop += this.#height - height;
    this.#height = height;
  }
}

const same = (a: Entry, b: Entry): boolean => a.state === b.state && a.activity.text === b.activity.text;

function setText(id: string, words: string): void {
  const node = byId(id);
  if (node.textContent !== words) node.textContent = words;
}

function drawChoices(choices: readonly WireButton[] = [], send: (text: string) => void): void {
  const titles = choices.map(({ title }) => title).join('\n');
  if (byId('choices').dataset.titles !== titles) fillChoices(choices, titles, send);
}

function fillChoices(choices: readonly WireButton[], titles: string, send: (text: string) => void): void {
  const group = byId('choices');
  group.dataset.titles = titles;
  group.hidden = !choices.length;
  const press = (value: string) => {
    byId(matchMedia('(pointer: coarse)').matches ? 'scroll' : 'field').focus();
    send(value);
  };
  group.replaceChildren(...choices.map(({ title, value }) => button(title, () => press(value))));
}

function drawBlocked(sentence: string, again: () => void): void {
  const node = byId('blocked');
  if (node.dataset.sentence === sentence) return;
  node.dataset.sentence = sentence;
  node.replaceChildren(...(sentence ? [el('p', {}, sentence), button('Try again', again)] : []));
}
