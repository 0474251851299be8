import { edit, write, type Change } from './broken-content.ts';

/** Where the problem is told: the line that has these words, or a line by its number. */
type Where = string | number;
/** A mistake, how it is made, where it is told, and what is said of it. */
export type Mistake = readonly [what: string, change: Change, where: Where, says: string | RegExp];

const article = 'articles/invite-a-teammate.md';
const utterances = (...lines: string[]) => `utterances:\n${lines.map((line) => `  - ${line}\n`).join('')}`;

export const articles: readonly Mistake[] = [
  ['has no front matter', edit(article, '---\n', ''), 1, 'begin the file with front matter between two lines of "---"'],
  ['has no title', edit(article, /title: .*/, 'title: ""'), 'title:', /^title: /],
  ['is not YAML above', edit(article, /title: .*/, 'title: [Invite'), 3, /./],
  [
    'answers nothing',
    edit(article, /---\nA workspace[^]*/, '---\n## Steps\n'),
    5,
    'begin the article with a paragraph that answers the question in short',
  ],
  [
    'begins with a list',
    edit(article, /A workspace.*\n/, ''),
    5,
    'begin the article with a paragraph that answers the question in short',
  ],
  [
    'has two steps of one id',
    edit(article, '{#send}', '{#open-members}'),
    '2. ',
    'two steps have the id "open-members"',
  ],
];

export const lists: readonly Mistake[] = [
  [
    'a saved reply asks for an unknown fact',
    edit('saved-replies.yaml', '{{feature}} in your account', '{{wife}} in your account'),
    'text: |',
    /^"looking" has no fact \{\{wife\}\}; there are customer, company, /,
  ],
  [
    'a saved reply chooses between words',
    edit('saved-replies.yaml', 'Good to hear, {{customer}}', 'Good to hear, {{customer|Sir|all}}'),
    32,
    /^"solved" has no fact \{\{customer\|Sir\|all\}\}; /,
  ],
  ['a saved reply has no text', edit('saved-replies.yaml', / {2}text: \|\n {4}Good .*\n/, ''), 'solved:', /text/],
  [
    'a shortcut has a space',
    edit('saved-replies.yaml', 'which-request:', 'which request:'),
    'which request:',
    /shortcut/,
  ],
  ['a line is missing', edit('replies.yaml', / {2}hello: .*\n/, ''), 'lines:', 'write the line "hello"'],
  [
    'nothing says a line',
    edit('replies.yaml', '  hello:', '  farewell: Bye\n  hello:'),
    'farewell:',
    'nothing says the line "farewell"',
  ],
  [
    'a line asks for an unknown fact',
    edit('replies.yaml', '**{{title}}** –', '**{{name}}** –'),
    '  article:',
    '"article" has no fact {{name}}',
  ],
  [
    'a question of the hand-off is missing',
    edit('replies.yaml', / {2}ask-limits: .*\n/, ''),
    'questions:',
    'write the question "ask-limits"',
  ],
  [
    'nothing asks a question',
    edit('replies.yaml', '  ask-limits:', '  ask-color: Which color?\n  ask-limits:'),
    'ask-color:',
    'nothing asks the question "ask-color"',
  ],
  ['a button has no name', edit('replies.yaml', / {2}skip: .*\n/, ''), 'actions:', 'name the button "skip"'],
  [
    'nothing offers a button',
    edit('replies.yaml', '  skip:', '  "off": Off\n  skip:'),
    '"off":',
    'nothing offers the button "off"',
  ],
  [
    'a command is of no conversation',
    edit('replies.yaml', '  link-account:', '  chat: [chat]\n  link-account:'),
    '  chat: [chat]',
    'there is no command "chat"',
  ],
  ['a line is empty', edit('replies.yaml', /hello: .*/, 'hello: ""'), 'hello:', /^lines\.hello: /],
  ['the replies are not YAML', edit('replies.yaml', /hello: .*/, 'hello: "Hi'), 'hello:', /./],
  [
    'a line chooses between fewer than two words',
    edit('replies.yaml', '{{checks|time|times}}', '{{checks|time}}'),
    '  offer-person:',
    '"offer-person" has no fact {{checks|time}}',
  ],
  [
    'nobody says what exactly one of a meter is called',
    edit('catalog.yaml', / {4}one: token\n/, ''),
    '  tokens:',
    'meters.tokens: say what exactly one of it is called (`one`) or, where it cannot be counted, in what it is (`unit`)',
  ],
  [
    'a meter is counted, and cannot be',
    edit('catalog.yaml', / {4}one: token\n/, '    one: token\n    unit: GB\n'),
    '  tokens:',
    /^meters\.tokens: say what/,
  ],
  [
    'a feature needs an unknown plan',
    edit('catalog.yaml', 'lowest-plan: free', 'lowest-plan: platinum'),
    '  dashboards:',
    'dashboards: there is no plan "platinum"',
  ],
  [
    'a feature counts on an unknown meter',
    edit('catalog.yaml', 'meters: [api-calls]', 'meters: [calls]'),
    '  api:',
    'api: there is no meter "calls"',
  ],
  [
    'an exception has no name of its thing in it',
    edit('catalog.yaml', 'via sso, with sso', 'via saml2, with sso'),
    '    unless: [via saml2',
    'sso: "via saml2" has none of its names in it',
  ],
  [
    'a language has too few ways to ask for a person',
    edit('languages.yaml', /asks:\n(?: {6}- .*\n)+/, 'asks: [ein mensch bitte]\n'),
    'asks: [ein',
    'others.de.asks: should have at least 10 ways to ask for a person',
  ],
  [
    'a language has no way to say no',
    edit('languages.yaml', / {4}no:\n(?: {6}- .*\n)+/, ''),
    '  de:',
    /^others\.de\.no: Invalid input/,
  ],
  ['the catalog is not YAML', edit('catalog.yaml', 'company: Meridian', 'company: Meridian\ncompany: again'), 7, /./],
];

export const intents: readonly Mistake[] = [
  [
    'an utterance stands in two intents',
    write('intents/thanks.yaml', utterances('thank you', 'Done')),
    3,
    '"Done" is already in intents/done.yaml',
  ],
  [
    'an utterance stands twice',
    write('intents/thanks.yaml', utterances('thank you', 'cheers', ' THANK you')),
    4,
    /^"THANK you" is already/,
  ],
  [
    'nothing starts with an intent',
    write('intents/dance.yaml', utterances('dance')),
    1,
    /^there is no intent "dance"; there are /,
  ],
  [
    'an intent has an unknown kind',
    write('intents/check-account/mood.yaml', utterances('how do I feel')),
    1,
    '"check-account" has no kind "mood"; it has plan, usage',
  ],
  ['an intent has no utterances', write('intents/thanks.yaml', null), 1, 'write example utterances'],
  ['a list of utterances is empty', write('intents/thanks.yaml', 'utterances: []\n'), 1, /^utterances: /],
  ['an utterance is no text', write('intents/thanks.yaml', utterances('thx', 'yes: no')), 3, /^utterances\.1: /],
  ['an utterance is too long', write('intents/thanks.yaml', utterances('thx', 'x'.repeat(401))), 3, /^utterances\.1: /],
  ['the utterances are not YAML', write('intents/thanks.yaml', utterances('thx', '"cheers" all')), 3, /./],
];
