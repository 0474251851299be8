import { byId } from '../shared/dom.ts';

/** In CSS px: what stays in sight above what is read, and how near to the end still is at the end. */
const above = 12;
const near = 120;
/** In ms: what comes so soon after another belongs to it. */
const together = 2000;

/** Where a customer is in the talk: what is new comes into sight, and what they read does not move. */
export class ReadingPlace {
  readonly #scroll = byId('scroll');
  readonly #cue = byId('below');
  /** In px, both as they were when the talk was last in sight: browsers may forget it of what is hidden. */
  #height = 0;
  #top = 0;
  #anchor: HTMLElement | undefined;
  #followed = -Infinity;

  /** `seen` is called when the talk comes into sight. */
  constructor(seen: () => void) {
    this.#scroll.addEventListener('scroll', () => {
      if (!this.isInSight) return;
      this.#top = this.#scroll.scrollTop;
      this.#drawCue();
    });
    this.#cue.addEventListener('click', () => {
      this.#scroll.focus();
      this.toEnd();
    });
    const sizes = new ResizeObserver(() => this.#resized(seen));
    sizes.observe(this.#scroll);
    sizes.observe(byId('log'));
  }

  /** A closed chat has no height. */
  get isInSight(): boolean {
    return this.#scroll.clientHeight > 0;
  }

  /** Whether the customer reads the end. */
  get isAtEnd(): boolean {
    return this.#left < near;
  }

  /** Where it was when the talk was last in sight. */
  resume(): void {
    this.#scrollTo(this.#top);
  }

  toEnd(): void {
    this.#scrollTo(this.#scroll.scrollHeight);
  }

  /** Shows the end of what came, but never scrolls the beginning of what came together out of sight; `leads`: it begins with this. */
  follow(node: HTMLElement, leads: boolean): void {
    const now = performance.now();
    if (leads || !this.#anchor?.isConnected || now - this.#followed > together) this.#anchor = node;
    this.#followed = now;
    this.#scrollTo(this.#anchor.offsetTop - above);
  }

  /** What is drawn now is no change of the window. */
  settle(): void {
    if (this.isInSight) this.#height = this.#scroll.clientHeight;
    this.#drawCue();
  }

  /** In px, from the lower edge to the end. */
  get #left(): number {
    return this.#scroll.scrollHeight - this.#scroll.scrollTop - this.#scroll.clientHeight;
  }

  /** The field grew or a keyboard came up: what stood at the lower edge stays there. */
  #resized(seen: () => void): void {
    const height = this.#scroll.clientHeight;
    if (height === 0) return;
    this.#scrollTo(this.#scroll.scrollTop + (this.#height === 0 ? 0 : this.#height - height));
    this.#height = height;
    seen();
    this.#drawCue();
  }

  #scrollTo(top: number): void {
    this.#scroll.scrollTop = top;
    this.#top = this.#scroll.scrollTop;
  }

  #drawCue(): void {
    this.#cue.hidden = this.#left < 48;
  }
}
