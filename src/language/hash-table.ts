/** Numbers the hashes it sees from 0, in the order in which they were first added. */
export interface HashTable {
  readonly size: number;
  /** The number of `hash`, or -1. */
  find(hash: number): number;
  add(hash: number): number;
}

/** An open-addressed table for up to `capacity` non-zero 32-bit hashes. */
export function createHashTable(capacity: number): HashTable {
  const slots = 2 ** Math.ceil(Math.log2(capacity * 2 + 2));
  const keys = new Uint32Array(slots);
  const numbers = new Int32Array(slots);
  let size = 0;

  function slotOf(hash: number): number {
    let slot = hash & (slots - 1);
    while (keys[slot] !== 0 && keys[slot] !== hash) slot = (slot + 1) & (slots - 1);
    return slot;
  }

  return {
    get size() {
      return size;
    },
    find(hash) {
      const slot = slotOf(hash);
      return keys[slot] === 0 ? -1 : (numbers[slot] ?? -1);
    },
    add(hash) {
      const slot = slotOf(hash);
      if (keys[slot] !== 0) return numbers[slot] ?? -1;
      keys[slot] = hash;
      numbers[slot] = size;
      return size++;
    },
  };
}
