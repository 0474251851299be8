/** The few words of ours that stand in Slack beside what the bot says. */
export interface SlackWords {
  /** Stands behind the name of a person who answers. */
  readonly person: string;
  /** Stands behind the bot's name while an answer is on its way. */
  readonly working: string;
}

/** The words as the web chat has them. */
export const slackWords: SlackWords = { person: 'a person', working: 'is looking…' };
