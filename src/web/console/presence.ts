import type { PresenceJson } from '../../tickets/console-json.ts';
import { byId } from '../shared/dom.ts';
import { isOwn, type Transcript } from '../shared/transcript.ts';
import { redraw } from './redraw.ts';
import { sinceNode } from './time.ts';

/** Whoever writes on says so again before this is over, in ms. */
const typingFor = 6000;

/** Whether the customer is there, writes, and has seen what a person said last. */
export class Presence {
  readonly #place = byId('presence');
  #presence: PresenceJson | null = null;
  #personSeq = 0;
  #types = false;
  #typingEnds: ReturnType<typeof setTimeout> | undefined;

  /** Nothing is known of another customer. */
  clear(): void {
    this.#presence = null;
    this.#personSeq = 0;
    this.#setTyping(false);
  }

  take(presence: PresenceJson, transcript: Transcript): void {
    this.#presence = presence;
    this.said(transcript);
  }

  /** Something was said. */
  said(transcript: Transcript): void {
    this.#personSeq = transcript.personSeq;
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
    const key = [this.#presence, this.#personSeq, this.#types];
    redraw(this.#place, key, () => this.#parts());
    this.#place.classList.toggle('here', this.#presence?.here === true);
  }

  #parts(): (Node | string)[] {
    if (!this.#presence) return [];
    const { here, leftAt, seen } = this.#presence;
    const where = this.#types
      ? ['Customer is typing…']
      : here
        ? ['Customer is here']
        : leftAt === null
          ? []
          : ['Customer left ', sinceNode(leftAt), ' ago'];
    const read = this.#personSeq === 0 ? '' : this.#personSeq <= seen ? 'Seen' : 'Not seen yet';
    return [...where, ...(read && where.length > 0 ? [' · '] : []), ...(read ? [read] : [])];
  }
}
