/** A cell: numbers are ours and stay numbers, null is empty, text is guarded. */
export type Cell = string | number | null;

/** Excel reads UTF-8 only behind this mark. */
const byteOrderMark = '\uFEFF';

/**
 * What a spreadsheet would compute, also behind blanks, invisible signs and quotes; compatibility forms (such as fullwidth)
 * are folded first. See owasp.org/www-community/attacks/CSV_Injection.
 */
const formula = /^(?:[\s\p{C}"]*[=+\-@\u2212]|[\t\r\n])/u;

/** RFC 4180, with CRLF and a byte order mark. No cell of text begins a formula, not even where `;` parts cells. */
export function csv(rows: readonly (readonly Cell[])[]): string {
  return byteOrderMark + rows.map((row) => `${row.map(write).join(',')}\r\n`).join('');
}

function write(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  return `"${guarded(cell).replaceAll('"', '""')}"`;
}

/** Text as it stands in a cell: on one line, an apostrophe before what would be computed. */
export function guarded(text: string): string {
  const parts = text.split(';').map((part) => (formula.test(part.normalize('NFKC')) ? `'${part}` : part));
  return parts.join(';').replaceAll(/[\t\r\n\v\f\u0085\u2028\u2029]+/g, ' ');
}
