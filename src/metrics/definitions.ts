/** What stands beside every number: how it is counted. */
export const definitions = {
  complaints: 'Complaints whose outcome was reached on these days (UTC). Each complaint has one outcome.',
  verified: 'We looked again, and the account proved that access is back.',
  confirmed: 'The customer said yes, it worked.',
  assumed: 'An answer was given, then silence.',
  'handed-off': 'Passed to a person with a ticket.',
  abandoned: 'The customer left before an answer was given.',
  containment: '(verified + confirmed + assumed) / all complaints with an outcome.',
  resolution: '(verified + confirmed) / all complaints with an outcome.',
  helpful: 'Yes / (yes + no) to “Did this answer your question?”',
  tickets: 'Opened: handed to a person on these days. Closed: closed on these days and not opened again.',
  shown: 'Complaints and questions in which it was told or shown, each counted once.',
  articleOutcomes:
    'Outcomes of the complaints in which the article was shown. A complaint counts for each of its articles.',
  causeOutcomes: 'Outcomes of the complaints in which this cause was the verdict.',
  precision:
    'Closed tickets whose agent found the cause that the bot had said / closed tickets of that verdict whose agent told a cause. “Nothing blocks” counts as the same where the agent found none of our causes.',
  confusions: 'Closed tickets whose agent found something else than the bot had said.',
  reasons: 'Answers to “What was missing?”, asked after a no.',
  unanswered: 'Messages for which nothing was found; the same words are counted together.',
} as const;

/** A number that has a definition. */
export type Defined = keyof typeof definitions;
