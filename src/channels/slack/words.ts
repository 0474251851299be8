/** The few words of ours that stand in Slack beside what the bot says, as the web chat has them. */
export const slackWords = {
  /** Stands behind the name of a person who answers. */
  person: 'a person',
  /** Stands behind the bot's name while an answer is on its way. */
  working: 'is looking…',
  /** Stands where the buttons were. */
  chose: (label: string) => `You chose “${label}”.`,
} as const;
