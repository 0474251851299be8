/** One message of a customer. */
export interface Step {
  readonly kind: string;
  readonly words: string;
  /** What stands in its replies. */
  readonly has: string;
}

/** An open conversation. */
export interface Talk {
  /** Until the last reply has reached the client. */
  say(step: Step): Promise<void>;
  close(): void;
}

/** Whatever can be measured: its CPU is that of its own process, not of whoever writes to it. */
export interface Side {
  readonly name: string;
  open(talks: number): Promise<readonly Talk[]>;
  cpuMs(): Promise<number>;
}

/** What is said in one round, always the same in the same order. `lanes`: how many customers write at once. */
export interface Script {
  readonly name: string;
  readonly steps: readonly Step[];
  talks(lanes: number): number;
  /** How often each talk says all its steps. */
  repeats(lanes: number): number;
  /** The same conversations in every round, not new ones. */
  readonly goesOn: boolean;
}

/** What one round cost. */
export interface Round {
  /** A turn's. */
  readonly cpuMs: number;
  readonly times: readonly { readonly kind: string; readonly ms: number }[];
  /** From the first message to the last answer. */
  readonly tookMs: number;
}

/** The sides in turns, round by round, so that what else the machine does meets all of them. The first rounds are not counted. */
export async function interleave(
  sides: readonly Side[],
  script: Script,
  { lanes, rounds, warmUp = 2 }: { readonly lanes: number; readonly rounds: number; readonly warmUp?: number },
): Promise<Round[][]> {
  const kept = new Map<Side, readonly Talk[]>();
  const found: Round[][] = sides.map(() => []);
  for (let round = -warmUp; round < rounds; round += 1)
    for (const [i, side] of sides.entries()) {
      const talks = kept.get(side) ?? (await side.open(script.talks(lanes)));
      const measured = await oneRound(side, talks, script, lanes);
      if (round >= 0) found[i]?.push(measured);
      if (script.goesOn) kept.set(side, talks);
      else for (const talk of talks) talk.close();
    }
  for (const talks of kept.values()) for (const talk of talks) talk.close();
  return found;
}

async function oneRound(side: Side, talks: readonly Talk[], script: Script, lanes: number): Promise<Round> {
  const times: { kind: string; ms: number }[] = [];
  const waiting = [...talks];
  async function lane(): Promise<void> {
    for (let talk = waiting.shift(); talk; talk = waiting.shift())
      for (let i = 0; i < script.repeats(lanes); i += 1)
        for (const step of script.steps) {
          const before = performance.now();
          await talk.say(step);
          times.push({ kind: step.kind, ms: performance.now() - before });
        }
  }
  const before = await side.cpuMs();
  const begun = performance.now();
  await Promise.all(Array.from({ length: lanes }, lane));
  const tookMs = performance.now() - begun;
  return { cpuMs: ((await side.cpuMs()) - before) / times.length, times, tookMs };
}

/** So many of a hundred took no longer, in ms. */
export function percentile(times: readonly number[], percent: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? NaN;
}

/** A figure of each round of `over` to that of the same round of `under`. */
export function ratios(under: readonly Round[], over: readonly Round[], figure: (round: Round) => number): number[] {
  return over.flatMap((round, i) => {
    const base = under[i];
    return base ? figure(round) / figure(base) : [];
  });
}

/** The figures of a round that are compared. */
export const figures = {
  CPU: ({ cpuMs }: Round) => cpuMs,
  p50: ({ times }: Round) => percentile(msOf(times), 50),
  p99: ({ times }: Round) => percentile(msOf(times), 99),
} as const;

/** The milliseconds alone. */
export function msOf(times: Round['times']): number[] {
  return times.map(({ ms }) => ms);
}
