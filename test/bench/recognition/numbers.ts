/** A part of all in percent; NaN of nothing. */
export function percent(part: number, all: number): number {
  return (100 * part) / all;
}

/** A percentage as it is printed. */
export function shown(percentage: number): string {
  return Number.isNaN(percentage) ? '-' : `${percentage.toFixed(1)} %`;
}

/** The value below which the given share of the times lies. */
export function quantile(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? NaN;
}

/** How often one of `inside` scores higher than one of `outside`; equal ones count half. */
export function auroc(inside: readonly number[], outside: readonly number[]): number {
  let beaten = 0;
  for (const out of outside) {
    for (const own of inside) beaten += own > out ? 1 : own === out ? 0.5 : 0;
  }
  return beaten / inside.length / outside.length;
}
