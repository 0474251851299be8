import type { Catalog } from '../src/domain/catalog.ts';
import type { Action } from '../src/domain/reply.ts';
import type { Memory } from './memory.ts';
import type { Turn } from './turn.ts';

/** What is asked once a ticket is open, where it is not known yet and fits the case. Every answer is added to the ticket. */
interface HandOffQuestion {
  readonly isOpen: (turn: Turn) => boolean;
  /** The buttons besides “Not sure”. */
  readonly actions: (turn: Turn, catalog: Catalog) => readonly Action[];
  /** A bare yes or no answers it. */
  readonly takesYesOrNo?: true;
  /** What else is done with the answer; `instead`: that is all, it does not stand among the answers. */
  readonly take?: (turn: Turn) => 'besides' | 'instead';
}

/** Causes that lie on the whole account or on the sign-in: which feature it was tells nothing more. */
const accountWide = ['not-identified', 'account-suspended', 'no-seat', 'payment-lapsed', 'trial-ended'];

/** What is asked, in its order. A new one is a row here, and its words below `questions` in `content/replies.yaml`. */
export const handOffQuestions = {
  'ask-problem': {
    isOpen: ({ memory }) => memory.complaint === null && memory.topic === null,
    actions: () => [],
    take(turn) {
      turn.recordComplaint(turn.recognized, turn.memory.snapshot?.at ?? 0);
      return 'besides';
    },
  },
  'ask-contact': {
    isOpen: ({ subject, channel, memory }) => subject === null && channel === 'direct-line' && memory.contact === null,
    actions: () => [],
    take({ memory, recognized: { text } }) {
      if (!/@|\d(?:\D{0,3}\d){5}/.test(text)) return 'besides';
      // Writers read answers; a contact is for agents alone.
      memory.contact = text.slice(0, longestContact);
      return 'instead';
    },
  },
  'ask-feature': {
    isOpen: ({ memory }) => isDenial(memory) && memory.complaint?.feature === null && !isAccountWide(memory),
    actions: ({ words }, { features }) => features.map(({ slug }) => words.featureAction(slug)),
    take({ memory, recognized: { entities } }) {
      if (memory.complaint && entities.feature) memory.complaint = { ...memory.complaint, feature: entities.feature };
      return 'besides';
    },
  },
  'ask-changes': {
    isOpen: ({ memory }) => isDenial(memory) && memory.snapshot?.planChangedAt.known !== true && canLogIn(memory),
    actions: ({ words }) => [words.action('no-changes')],
    takesYesOrNo: true,
  },
  'ask-limits': {
    isOpen: ({ memory }) => isDenial(memory) && memory.snapshot?.quotas.known !== true && canLogIn(memory),
    actions: () => [],
  },
} as const satisfies Readonly<Record<string, HandOffQuestion>>;

const longestContact = 200;

/** The key of a question. */
export type QuestionKey = keyof typeof handOffQuestions;

/** The questions that are still to ask. */
export function openQuestions(turn: Turn): QuestionKey[] {
  const keys = Object.keys(handOffQuestions) as QuestionKey[];
  return keys.filter((key) => handOffQuestions[key].isOpen(turn));
}

/** A question by its key. */
export function questionOf(key: QuestionKey): HandOffQuestion {
  return handOffQuestions[key];
}

function isDenial({ topic }: Memory): boolean {
  return topic === null;
}

function isAccountWide({ verdict }: Memory): boolean {
  const primary = verdict?.primary;
  return (
    primary !== null &&
    primary !== undefined &&
    primary.variant !== 'no-identity' &&
    accountWide.includes(primary.cause)
  );
}

/** Whoever cannot log in knows nothing of plans and limits; whoever is not signed in here may. */
function canLogIn({ verdict }: Memory): boolean {
  const primary = verdict?.primary;
  return primary?.cause !== 'not-identified' || primary.variant === 'no-identity';
}
