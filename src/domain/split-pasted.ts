/** Where what a machine wrote begins: a JSON or XML document, an HTTP status line, a named error, a stack. */
const begin =
  /[{[]\s{0,40}["{[]|^[ \t]{0,40}(?:HTTP\/\d|<(?:\?xml|!DOCTYPE|html|\w{0,40}(?:Error|Fault|Response))\b|at \S|Traceback|[\w.]{0,80}(?:Error|Exception)\b.{0,200}:)/mu;
/** A later line of it: with a bracket, of a stack, or a name with what it is. */
const line = /[{}[\]<>]|^\s{1,40}\S|^[\w.-]{1,80}:\s/u;

/** A text as its own words, and what was pasted in it from a machine; null: nothing was. */
export function splitPasted(text: string): { readonly words: string; readonly pasted: string | null } {
  const from = text.search(begin);
  if (from < 0) return { words: text, pasted: null };
  const lines = text.slice(from).split('\n');
  const last = Math.max(
    lines.findLastIndex((one) => line.test(one)),
    0,
  );
  const block = lines.slice(0, last + 1).join('\n');
  // In a line of words only the document itself was pasted.
  const end = last === 0 && /^[{[]/u.test(block) ? Math.max(block.lastIndexOf('}'), block.lastIndexOf(']')) + 1 : 0;
  const pasted = end > 0 ? block.slice(0, end) : block;
  const around = [text.slice(0, from), text.slice(from + pasted.length)].map((part) => part.trim());
  return { words: around.filter(Boolean).join('\n'), pasted: pasted.trim() };
}
