import type { Standing } from '../standing.ts';

/** The few words of ours that stand in Slack beside what the bot says, as the web chat has them. */
export const slackWords = {
  /** Stands behind the name of a person who answers. */
  person: 'a person',
  /** Stands behind the bot's name while an answer is on its way. */
  working: 'is looking…',
  /** Stands where the buttons were. */
  chose: (label: string) => `You chose “${label}”.`,
  /** What a verdict amounts to. */
  standing: {
    proved: 'Cause found',
    possible: 'It depends on the feature',
    unknown: 'Not everything could be checked',
    'ruled-out': 'Every check allows access',
  } satisfies Record<Standing, string>,
  checked: (made: number, failed: number) =>
    [made > 0 && `${made} ${made === 1 ? 'check' : 'checks'} made`, failed > 0 && `${failed} could not be made`]
      .filter(Boolean)
      .join(', '),
} as const;
