import { figures, interleave, ratios, type Script, type Side } from '../measure.ts';
import { judged } from '../report.ts';

/** What “stays flat” means here: no more than a noisy machine makes of two equal sides. */
export const flat = 1.2;

/** How much more a turn costs on the large side than on the small one. */
export async function pair(what: string, sides: readonly [Side, Side], script: Script, rounds: number) {
  const [small = [], large = []] = await interleave(sides, script, { lanes: 1, rounds });
  return (['CPU', 'p50'] as const).map((figure) =>
    judged(`${what}: ${figure}`, ratios(small, large, figures[figure]), flat),
  );
}
