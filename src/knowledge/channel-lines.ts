/** What stands in Teams and Slack beside what the bot says, with the facts that stand in each. */
export const channelLines = {
  'channel-feedback-words': [],
  'channel-feedback-send': [],
  'channel-feedback-yes': [],
  'channel-feedback-gone': [],
} as const satisfies Readonly<Record<string, readonly string[]>>;
