import type { TicketLine } from './section.ts';

/** The lines of a section by rows: brief neighbours share one, and so do those of one mark. */
export function rowsOf(lines: readonly TicketLine[]): readonly (readonly TicketLine[])[] {
  const rows: TicketLine[][] = [];
  for (const line of lines) {
    const before = rows.at(-1);
    if (line.as === 'brief' && before?.[0]?.as === 'brief' && before[0].mark === line.mark) before.push(line);
    else rows.push([line]);
  }
  return rows;
}
