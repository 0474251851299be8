import type { TicketLine } from './section.ts';

/** The lines of a section by rows: brief neighbours share one. */
export function rowsOf(lines: readonly TicketLine[]): readonly (readonly TicketLine[])[] {
  const rows: TicketLine[][] = [];
  for (const line of lines) {
    const before = rows.at(-1);
    if (line.as === 'brief' && before?.[0]?.as === 'brief') before.push(line);
    else rows.push([line]);
  }
  return rows;
}

/** Whether the values are better drawn as a list. Sentences run on, so that the ticket fits one screen. */
export function isList({ values }: TicketLine): boolean {
  return values.length > 1 && !values.every((value) => value.endsWith('.'));
}
