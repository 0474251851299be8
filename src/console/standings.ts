import type { Events } from '../domain/events.ts';
import { iso } from '../domain/instant.ts';
import type { BreakerState, FarEndKind, Standing } from '../domain/operations.ts';
import type { Clock } from '../domain/ports.ts';

/** Everything that the product rests on, by its names. */
export interface StandingNeeds {
  readonly events: Events;
  readonly clock: Clock;
  readonly known: readonly Pick<Standing, 'kind' | 'name'>[];
}

/** Keeps how everything stands that the product rests on, as this process sees it. */
export interface Standings {
  /** It went well, null, or failed, for this code. */
  saw(kind: FarEndKind, name: string, why: string | null): void;
  list(): readonly Standing[];
}

/** At first everything is quiet. */
export function createStandings({ events, clock, known }: StandingNeeds): Standings {
  const keyOf = (kind: FarEndKind, name: string) => `${kind} ${name}`;
  const quiet = { state: 'quiet', since: iso(clock.now()), why: null, breaker: null } as const;
  const all = new Map<string, Standing>(known.map((one) => [keyOf(one.kind, one.name), { ...one, ...quiet }]));

  function change(kind: FarEndKind, name: string, to: Pick<Standing, 'state' | 'why'>): void {
    const before = all.get(keyOf(kind, name));
    if (!before) return;
    const since = before.state === to.state ? before.since : iso(clock.now());
    all.set(keyOf(kind, name), { ...before, ...to, since });
  }

  function setBreaker(name: string, breaker: BreakerState): void {
    const before = all.get(keyOf('source', name));
    if (before) all.set(keyOf('source', name), { ...before, breaker });
  }

  const saw: Standings['saw'] = (kind, name, why) =>
    change(kind, name, { state: why === null ? 'well' : 'failing', why });
  const whyOf = (result: string) => (result === 'ok' ? null : result);
  events.on('far-end-answered', ({ kind, name, result }) => saw(kind, name, whyOf(result)));
  events.on('breaker-changed', setBreaker);
  events.on('turn-ended', ({ parts }) => {
    for (const { kind, facts } of parts)
      if (kind === 'account-read') saw('source', facts.source ?? '', whyOf(facts.result ?? ''));
  });
  return { saw, list: () => [...all.values()] };
}
