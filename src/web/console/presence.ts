import type { PresenceJson } from '../../tickets/console-json.ts';
import { byId } from '../shared/dom.ts';
import { isOwn, type Transcript } from '../shared/transcript.ts';
import { redraw } from './redraw.ts';
import { sinceNode } from './time.ts';

/** Whoever writes on says so again before this is over, in ms. */
const typingFor = 6000;

/** Whether the customer is there, writes, and has seen what a person said last: in any of their conversations. */
export class Presence {
  readonly #place = byId('presence');
  /** Of each conversation, by its ticket. */
  readonly #talks = new Map<string, { presence: PresenceJson | null; personSeq: number }>();
  #types = false;
  #typingEnds: ReturnType<typeof setTimeout> | undefined;

  /** Nothing is known of another customer. */
  clear(): void {
    this.#talks.clear();
    this.#setTyping(false);
  }

  take(talk: string, presence: PresenceJson, transcript: Transcript): void {
    this.#talks.set(talk, { presence, personSeq: 0 });
    this.said(talk, transcript);
  }

  /** Something was said. */
  said(talk: string, transcript: Transcript): void {
    const { presence = null } = this.#talks.get(talk) ?? {};
    this.#talks.set(talk, { presence, personSeq: transcript.personSeq });
    const { last } = transcript;
    if (last && isOwn(last)) this.#setTyping(false);
    this.#draw();
  }

  type(): void {
    this.#setTyping(true);
  }

  #setTyping(types: boolean): void {
    clearTimeout(this.#typingEnds);
    this.#types = types;
    if (types) this.#typingEnds = setTimeout(() => this.#setTyping(false), typingFor);
    this.#draw();
  }

  #draw(): void {
    redraw(this.#place, [[...this.#talks.values()], this.#types], () => this.#parts());
    this.#place.classList.toggle('here', this.#isHere);
  }

  get #isHere(): boolean {
    return [...this.#talks.values()].some(({ presence }) => presence?.here === true);
  }

  #parts(): (Node | string)[] {
    const talks = [...this.#talks.values()].filter(({ presence }) => presence !== null);
    if (talks.length === 0) return [];
    const leftAt =
      talks
        .map(({ presence }) => presence?.leftAt ?? '')
        .sort()
        .at(-1) ?? '';
    const where = this.#types
      ? ['Customer is typing…']
      : this.#isHere
        ? ['Customer is here']
        : leftAt === ''
          ? []
          : ['Customer left ', sinceNode(leftAt), ' ago'];
    const answered = talks.filter(({ personSeq }) => personSeq > 0);
    const isSeen = answered.some(({ presence, personSeq }) => personSeq <= (presence?.seen ?? 0));
    const read = answered.length === 0 ? '' : isSeen ? 'Seen' : 'Not seen yet';
    return [...where, ...(read && where.length > 0 ? [' · '] : []), ...(read ? [read] : [])];
  }
}
