import type { Catalog } from '../src/domain/catalog.ts';
import type { Action } from '../src/domain/reply.ts';
import type { Memory } from './memory.ts';
import type { Turn } from './turn.ts';

/** What is asked before a ticket is opened, where it is not known yet. Every answer stands on the ticket. */
interface HandOffQuestion {
  readonly isOpen: (memory: Memory) => boolean;
  /** The buttons besides “Skip”. */
  readonly actions: (turn: Turn, catalog: Catalog) => readonly Action[];
  /** What else is done with the answer. */
  readonly take?: (turn: Turn) => void;
}

/** The questions of the article, in its order. A new one is a row here, and its words below `questions` in `content/replies.yaml`. */
export const handOffQuestions = {
  'ask-feature': {
    isOpen: ({ complaint }) => !complaint?.feature,
    actions: ({ words }, { features }) => features.map(({ slug }) => words.featureAction(slug)),
    take({ memory, recognized: { entities } }) {
      if (memory.complaint && entities.feature) memory.complaint = { ...memory.complaint, feature: entities.feature };
    },
  },
  'ask-changes': {
    isOpen: ({ snapshot }) => !snapshot?.planChangedAt.known,
    actions: ({ words }) => [words.action('no-changes')],
  },
  'ask-limits': {
    isOpen: ({ snapshot }) => !snapshot?.quotas.known,
    actions: () => [],
  },
} as const satisfies Readonly<Record<string, HandOffQuestion>>;

/** The key of a question. */
export type QuestionKey = keyof typeof handOffQuestions;

/** The questions that are still to ask. */
export function openQuestions(memory: Memory): QuestionKey[] {
  const keys = Object.keys(handOffQuestions) as QuestionKey[];
  return keys.filter((key) => handOffQuestions[key].isOpen(memory));
}

/** A question by its key. */
export function questionOf(key: QuestionKey): HandOffQuestion {
  return handOffQuestions[key];
}
