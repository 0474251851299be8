/** A Fisher-Yates shuffle that draws the same numbers for the same seed (mulberry32). */
export function createShuffle(seed: number): (items: Int32Array) => void {
  let state = seed;
  function draw(): number {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return (bits ^ (bits >>> 14)) >>> 0;
  }
  return (items) => {
    for (let last = items.length - 1; last > 0; last -= 1) {
      const other = draw() % (last + 1);
      const kept = items[last] ?? 0;
      items[last] = items[other] ?? 0;
      items[other] = kept;
    }
  };
}
