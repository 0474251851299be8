/** What the app package says of the bot. */
export interface PackageOptions {
  readonly appId: string;
  /** Of the package: Teams takes an update only with a higher one. */
  readonly version: string;
  /** As people see it in Teams; at most 30 characters. */
  readonly name: string;
  /** Who offers it. */
  readonly company: string;
  readonly website: string;
  readonly privacy: string;
  readonly terms: string;
}

/** Understood by every Teams of today; newer ones add nothing that we need. */
const schema = '1.19';
const commands = [
  { title: 'I get access denied', description: 'Finds out what blocks you, and what fixes it' },
  { title: 'Talk to a person', description: 'Opens a ticket for our support' },
  { title: 'Help', description: 'Says what I can do' },
];

/** The manifest of the Teams app. */
export function manifestOf({ appId, version, name, company, website, privacy, terms }: PackageOptions): object {
  return {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${schema}/MicrosoftTeams.schema.json`,
    manifestVersion: schema,
    version,
    id: appId,
    developer: { name: company, websiteUrl: website, privacyUrl: privacy, termsOfUseUrl: terms },
    name: { short: name, full: `${name}: why you are locked out, and what fixes it` },
    description: {
      short: 'Finds out why you get “Access denied”, and what fixes it.',
      full: 'An automated assistant. It looks at your account, says which fact locks you out of a feature and who can change it, reads out the steps that fix it, looks again, and hands you to a person when it cannot help. In group chats and channels it tells nothing of an account.',
    },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#1F5FBF',
    bots: [
      {
        botId: appId,
        scopes: ['personal', 'team', 'groupChat'],
        supportsFiles: false,
        isNotificationOnly: false,
        commandLists: [{ scopes: ['personal'], commands }],
      },
    ],
    permissions: ['identity', 'messageTeamMembers'],
    validDomains: [],
  };
}
