/** The contrast of two colours (`#rrggbb`), from 1 to 21, as WCAG 2.2 defines it. */
export function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** The colour, mixed with as much white as it takes to have this contrast on a dark ground. */
export function lightened(colour: string, ground: string, least: number): string {
  const mixes = Array.from({ length: 21 }, (_, i) => mixed(colour, '#ffffff', i / 20));
  return mixes.find((one) => contrast(one, ground) >= least) ?? '#ffffff';
}

/** So much of the second colour in the first, from 0 to 1. */
export function mixed(first: string, second: string, share: number): string {
  const [a, b] = [channels(first), channels(second)];
  const both = a.map((value, i) => Math.round(value + ((b[i] ?? 0) - value) * share));
  return `#${both.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
