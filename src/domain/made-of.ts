/** Makes something when it is first asked for, and again when what it is made of has become another thing. */
export function madeOf<P, T>(part: () => P, make: (part: P) => T): () => T {
  let made: { readonly from: P; readonly it: T } | undefined;
  return () => {
    const from = part();
    if (made?.from !== from) made = { from, it: make(from) };
    return made.it;
  };
}
