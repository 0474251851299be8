import { codeOf } from '../domain/errors.ts';
import type { Accounts, Log } from '../domain/ports.ts';
import {
  accountMembers,
  known,
  unknownFact,
  type AccountFacts,
  type AccountMember,
  type Fact,
  type Snapshot,
  type Unknown,
} from '../domain/snapshot.ts';
import type { VerifiedSubject } from '../domain/subject.ts';
import { timed } from '../domain/work.ts';
import { createDoubtLog, type DoubtLogNeeds } from './doubt-log.ts';
import type { StartReading } from './resilient-get.ts';
import { isNotRead, createSnapshotCache } from './snapshot-cache.ts';
import type { AccountSource, Reading } from './source.ts';

/** What a snapshot is composed with; `startReading` gives all sources of one reading the same deadline. */
export interface AccountReaderNeeds extends DoubtLogNeeds {
  readonly startReading: StartReading;
}

type SourceFacts = Partial<Record<AccountMember, Fact<unknown>>>;

/**
 * Reads all sources at once. Of a member that several can tell, the first source that knows it counts; a source that fails
 * makes its own members unknown, and no others. What was read a moment ago is given again unless it is to be fresh.
 */
export function createAccountReader(
  sources: readonly AccountSource[],
  { startReading, clock, log, doubtful }: AccountReaderNeeds,
): Accounts {
  const doubt = createDoubtLog({ clock, log, doubtful });
  return createSnapshotCache(async (subject) => {
    const at = clock.now();
    const getFrom = startReading();
    const read = await Promise.all(
      sources.map((source) => {
        const { name } = source;
        const reading = { at, get: getFrom(name), warn: warnOf(source, log), doubt: doubt.bind(null, name) };
        return factsOf(source, subject, reading, log);
      }),
    );
    const facts = accountMembers.map((member) => [member, pick(member, read, at)]);
    return { at, identity: known('verified', 'identity', at), ...(Object.fromEntries(facts) as AccountFacts) };
  }, clock);
}

function warnOf({ name }: AccountSource, log: Log): Reading['warn'] {
  return (why, message) => log.warn({ source: name, ...why }, message);
}

/** A fact for every member that the source tells, and for no other. */
async function factsOf(
  source: AccountSource,
  subject: VerifiedSubject,
  reading: Reading,
  log: Log,
): Promise<SourceFacts> {
  const { name, tells, seldom = [] } = source;
  const all = (factOf: (member: AccountMember) => Fact<unknown>): SourceFacts =>
    Object.fromEntries(tells.map((member) => [member, factOf(member)]));
  const missing = (member: AccountMember, why: Unknown['why']) =>
    unknownFact(seldom.includes(member) ? 'not-connected' : why, name, reading.at);
  try {
    const unread = (facts: SourceFacts) => tells.filter((member) => isNotRead(facts[member]));
    const facts = await timed<SourceFacts>(
      'account-read',
      { source: name },
      () => source.read(subject, reading),
      (read) => (unread(read).length > 0 ? 'partial' : 'ok'),
    );
    const members = unread(facts);
    if (members.length > 0) log.warn({ source: name, members }, 'a source could not read everything');
    return all((member) => facts[member] ?? missing(member, 'not-told'));
  } catch (error) {
    const code = codeOf(error);
    const level = code === 'account-unreachable' ? 'warn' : 'error';
    log[level]({ source: name, code, err: error }, 'a source could not be read');
    return all((member) => missing(member, 'not-read'));
  }
}

/** The first that is known; of unknown ones the first whose reason an operator can mend. */
function pick(member: AccountMember, read: readonly SourceFacts[], at: Snapshot['at']): Fact<unknown> {
  const facts = read.flatMap((one) => one[member] ?? []);
  const why = (wanted: string) => facts.find((fact) => !fact.known && fact.why === wanted);
  const nobody = unknownFact('not-connected', 'account-api', at);
  return facts.find((fact) => fact.known) ?? why('not-read') ?? why('not-told') ?? facts[0] ?? nobody;
}
