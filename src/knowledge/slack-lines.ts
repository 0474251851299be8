/** What stands in Slack outside of the talk: forms, commands, the app's own page. */
export const slackLines = {
  'why-own-words': [],
  'why-send': [],
  'why-not-now': [],
  'slack-complaint': [],
  'slack-elsewhere': [],
  'slack-no-direct': [],
  'home-link': ['chat'],
  'home-account': [],
  'home-tickets': [],
} as const satisfies Record<string, readonly string[]>;
