const shape = /^[a-z][a-z0-9-]{0,40}$/;

/** A word of ours as it is, and `other` for whatever could be somebody's: labels are few, and tell of nobody. */
export function slugOf(word: string): string {
  return shape.test(word) ? word : 'other';
}
