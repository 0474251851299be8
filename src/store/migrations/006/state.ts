interface Finding {
  readonly as?: string;
}
interface OldMemory {
  readonly episode: number;
  readonly verdict: { readonly lead: Finding | null; readonly findings: readonly Finding[] } | null;
  readonly snapshot: { readonly elsewhere?: unknown } | null;
}
interface OldState {
  readonly v: number;
  readonly stack: readonly { readonly id: string; readonly state: { readonly at?: string } }[];
  readonly memory: OldMemory;
}

/** Steps that have another name, by their dialog. */
const steps: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'access-denied': { hearWhether: 'takeConfirmation', hearFeature: 'takeFeature' },
  'ask-solved': { hear: 'takeAnswer' },
  'hand-off': { hearProblem: 'takeProblem', hearAnswer: 'takeAnswer' },
  'rate-answer': { hear: 'takeRating', hearWhy: 'takeReason' },
};

/** A stored state of version 3 in the words of version 4; one of another version as it is. */
export function toVersion4(stored: string): string {
  const state = JSON.parse(stored) as OldState;
  if (state.v !== 3) return stored;
  const { episode, verdict, snapshot, ...memory } = state.memory;
  return JSON.stringify({
    v: 4,
    stack: state.stack.map(({ id, state: { at = '', ...position }, ...instance }) => ({
      ...{ ...instance, id, state: { ...position, at: steps[id]?.[at] ?? at } },
    })),
    memory: {
      ...memory,
      complaintNumber: episode,
      verdict: verdict && verdictOf(verdict),
      snapshot: snapshotOf(snapshot),
    },
  });
}

function verdictOf({ lead, findings, ...verdict }: NonNullable<OldMemory['verdict']>) {
  return { ...verdict, findings: findings.map(findingOf), primary: lead && findingOf(lead) };
}

function findingOf({ as, ...finding }: Finding) {
  return { ...finding, variant: as };
}

function snapshotOf(snapshot: OldMemory['snapshot']) {
  if (!snapshot) return null;
  const { elsewhere, ...facts } = snapshot;
  return { ...facts, otherAccountFeatures: elsewhere };
}
