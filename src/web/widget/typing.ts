/** Whether somebody on the other side is writing: until they have, or have said no more of it for a while. */
export class Typing {
  readonly #changed: () => void;
  #ends: ReturnType<typeof setTimeout> | undefined;
  now = false;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** `forMs`: for how long that holds where nothing more is heard. */
  begin(forMs: number): void {
    this.end();
    this.now = true;
    this.#ends = setTimeout(() => {
      this.end();
      this.#changed();
    }, forMs);
  }

  end(): void {
    clearTimeout(this.#ends);
    this.now = false;
  }
}
