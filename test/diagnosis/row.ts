import type { Snapshot } from '../../src/domain/snapshot.ts';
import type { FindingStatus } from '../../src/domain/verdict.ts';
import { snapshot, without, type Member } from './snapshots.ts';

/**
 * How a cause is judged for Export, or for the feature that is named; `by` is the member that says so. `off`: the cause is
 * not on the list, for nobody is connected who could tell.
 */
export interface Row {
  readonly when: string;
  readonly given: Snapshot;
  readonly is: FindingStatus | 'off';
  readonly by: Member;
  readonly variant: string;
  readonly facts: object;
  readonly feature: string | null;
  readonly blocks?: readonly string[];
  /** What the feature counts on, where that is not what the catalog says. */
  readonly meters?: readonly string[];
}

type More = Partial<Pick<Row, 'variant' | 'facts' | 'feature' | 'blocks' | 'meters'>>;

const row =
  (is: Row['is']) =>
  (when: string, given: Snapshot, by: Member, more: More = {}): Row => ({
    when,
    given,
    is,
    by,
    variant: 'always',
    facts: {},
    feature: 'export',
    ...more,
  });

export const proved = row('proved');
export const ruledOut = row('ruled-out');
export const unknown = row('unknown');

type MoreOpen = Pick<Row, 'blocks'> & { readonly spared?: readonly string[] } & More;

/** No feature was named, and it blocks these: what it spares is told with them. */
export function possible(when: string, given: Snapshot, by: Member, more: MoreOpen): Row {
  const { blocks = [], spared = [], facts = {}, ...rest } = more;
  const told = { ...facts, blocked: { features: blocks }, spared: { features: spared } };
  return row('possible')(when, given, by, { ...rest, facts: told, blocks, feature: null });
}

/** No feature was named, and only one tells. */
export function needsFeature(when: string, given: Snapshot, by: Member): Row {
  return row('needs-feature')(when, given, by, { feature: null });
}

export const healthy = snapshot();

/** The cause cannot be judged without this member, and is off the list where nobody could tell it. */
export function needs(member: Member, given: Snapshot = healthy): readonly Row[] {
  return [
    unknown(`the member is not told: ${member}`, without(given, [member]), member),
    unknown(`the member could not be read: ${member}`, without(given, [member], 'not-read'), member),
    row('off')(`nobody is connected who tells: ${member}`, without(given, [member], 'not-connected'), member),
  ];
}
