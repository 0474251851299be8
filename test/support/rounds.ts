/** How many rounds of a random test there are: a fifth of `many`, all of them in `npm run test:long`. */
export function rounds(many: number): number {
  return process.env.ROUNDS === 'all' ? many : many / 5;
}
