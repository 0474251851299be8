/** Reads CSV sign by sign, as a spreadsheet does: quotes that open within a cell stand for themselves. */
export function parse(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  let begins = true;
  for (let i = 0; i < text.length; i += 1) {
    const sign = text[i] ?? '';
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else quoted = false;
    } else if (sign === '"' && begins) quoted = true;
    else if (sign === separator) {
      row.push(cell);
      cell = '';
      begins = true;
      continue;
    } else if (sign === '\r' && text[i + 1] === '\n') {
      rows.push([...row, cell]);
      [row, cell, begins] = [[], '', true];
      i += 1;
      continue;
    } else cell += sign;
    begins = false;
  }
  return rows;
}
