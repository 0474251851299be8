import { unknownSnapshot, type Fact, type Snapshot, type Source, type Unknown } from '../src/domain/snapshot.ts';
import type { Instant } from '../src/domain/instant.ts';
import type { Finding, Verdict } from '../src/domain/verdict.ts';

/** From where and when, said once for all facts of which it is true. */
type Read = readonly [source: Source, readAt: Instant, values: Record<string, unknown>];
type Unread = readonly [why: Unknown['why'], source: Source, readAt: Instant, members: string[]];

/** A snapshot as it is stored: a third of its size. */
export interface PackedSnapshot {
  readonly at: Instant;
  readonly read: readonly Read[];
  readonly unread: readonly Unread[];
}

/** A verdict as it is stored: what most findings are is left out; `lead`: its primary finding, or where it stands. */
export interface PackedVerdict extends Omit<Verdict, 'findings' | 'primary'> {
  readonly from: Usual;
  readonly lead: number | Finding | null;
  readonly found: readonly PackedFinding[];
}
type Usual = Pick<Finding, 'source' | 'readAt'>;
type PackedFinding = Pick<Finding, 'cause'> & Partial<Finding>;

/** To be read by `unpackSnapshot`. */
export function packSnapshot({ at, ...facts }: Snapshot): PackedSnapshot {
  const read = new Map<string, Read>();
  const unread = new Map<string, Unread>();
  for (const [member, fact] of Object.entries(facts) as [string, Fact<unknown>][]) {
    const { source, readAt } = fact;
    if (fact.known) entryOf(read, `${source} ${readAt}`, (): Read => [source, readAt, {}])[2][member] = fact.value;
    else
      entryOf(unread, `${fact.why} ${source} ${readAt}`, (): Unread => [fact.why, source, readAt, []])[3].push(member);
  }
  return { at, read: [...read.values()], unread: [...unread.values()] };
}

function entryOf<T>(entries: Map<string, T>, key: string, make: () => T): T {
  let entry = entries.get(key);
  if (!entry) entries.set(key, (entry = make()));
  return entry;
}

/** What was not told in the day when it was packed, nobody was connected for. */
export function unpackSnapshot({ at, read, unread }: PackedSnapshot): Snapshot {
  const facts: Record<string, Fact<unknown>> = {};
  for (const [source, readAt, values] of read)
    for (const [member, value] of Object.entries(values)) facts[member] = { known: true, value, source, readAt };
  for (const [why, source, readAt, members] of unread)
    for (const member of members) facts[member] = { known: false, why, source, readAt };
  return { ...unknownSnapshot('anonymous', at, 'not-connected'), ...facts };
}

const usually = { status: 'ruled-out', variant: 'always', facts: {} } as const;

/** To be read by `unpackVerdict`. */
export function packVerdict({ findings, primary, ...rest }: Verdict): PackedVerdict {
  const { source = 'account-api', readAt = 0 } = findings[0] ?? {};
  const from = { source, readAt };
  const place = primary ? findings.indexOf(primary) : -1;
  return { ...rest, from, lead: place < 0 ? primary : place, found: findings.map((one) => packFinding(one, from)) };
}

function packFinding({ cause, status, variant, facts, source, readAt, blocks }: Finding, from: Usual): PackedFinding {
  return {
    cause,
    ...(status !== usually.status && { status }),
    ...(variant !== usually.variant && { variant }),
    ...(Object.keys(facts).length > 0 && { facts }),
    ...(source !== from.source && { source }),
    ...(readAt !== from.readAt && { readAt }),
    ...(blocks && { blocks }),
  };
}

/** The verdict as it was packed. */
export function unpackVerdict({ from, lead, found, ...rest }: PackedVerdict): Verdict {
  const findings = found.map((one): Finding => ({ ...usually, ...from, ...one }));
  return { ...rest, findings, primary: typeof lead === 'number' ? (findings[lead] ?? null) : lead };
}
