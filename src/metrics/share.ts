/** A part of something counted, as a number and as people read it. */
export interface Share {
  readonly part: number;
  readonly of: number;
  /** 0 to 1; null of nothing. */
  readonly share: number | null;
  /** "–" of nothing, "3 of 4" of few, else "62 %"; "over 99 %" is not all, "under 1 %" not none. */
  readonly told: string;
}

/** Below so many a percentage would say more than was counted. */
const few = 20;

/** The share of `part` in `of`. */
export function shareOf(part: number, of: number): Share {
  return { part, of, share: of === 0 ? null : part / of, told: tell(part, of) };
}

function tell(part: number, of: number): string {
  if (of === 0) return '–';
  if (of < few) return `${part} of ${of}`;
  const percent = Math.round((part / of) * 100);
  if (percent === 0 && part > 0) return 'under 1 %';
  if (percent === 100 && part < of) return 'over 99 %';
  return `${percent} %`;
}
