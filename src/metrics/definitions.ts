/** What stands beside every number: how it is counted. */
export const definitions = {
  complaints: 'Complaints whose last turn was on these days (UTC). Each complaint has one outcome, its latest.',
  verified: 'We looked again, and the account proved that access is back.',
  confirmed: 'The customer said that it works, and the account did not contradict.',
  assumed: 'An answer was given, then silence for a day.',
  'handed-off': 'Passed to a person with a ticket.',
  unsolved: 'Still blocked at the last look, or the customer said no; no person was asked for.',
  answered: 'An answer was given less than a day ago, and nothing was said since: still open.',
  abandoned: 'The customer left before an answer was given.',
  containment:
    '(verified + confirmed + assumed) / all complaints with an outcome. What is unsolved, or still open, is not contained.',
  resolution: '(verified + confirmed) / all complaints with an outcome.',
  helpful:
    'Yes / (yes + no) to “Did this answer your question?”, in chats and below articles; the latest answer of each.',
  tickets: 'Opened: handed to a person on these days. Closed: closed on these days and not opened again.',
  shown: 'Complaints and questions in which it was told or shown, each counted once.',
  views: 'How often the page of the article was opened; search engines and other programs are not counted.',
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
