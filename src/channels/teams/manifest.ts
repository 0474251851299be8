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
  /** What people may begin with. */
  readonly prompts: readonly string[];
  /** Whether people are known by their sign-in (`TEAMS_SSO`). */
  readonly singleSignOn: boolean;
}

/** The oldest that knows agents of Microsoft 365 Copilot. */
const schema = '1.21';

/** The application that people sign in to: `webApplicationInfo` names it. */
export function resourceOf(appId: string): string {
  return `api://botid-${appId}`;
}

/** The manifest of the app for Teams and Microsoft 365 Copilot. */
export function manifestOf(options: PackageOptions): object {
  const { appId, version, name, company, website, privacy, terms, prompts, singleSignOn } = options;
  // Teams writes the title into the box; what Copilot writes is documented nowhere.
  const commands = prompts.map((prompt) => ({ title: prompt, description: prompt }));
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
        scopes: ['personal', 'team', 'groupChat', 'copilot'],
        supportsFiles: false,
        isNotificationOnly: false,
        commandLists: [{ scopes: ['personal', 'copilot'], commands }],
      },
    ],
    copilotAgents: { customEngineAgents: [{ type: 'bot', id: appId }] },
    permissions: ['identity', 'messageTeamMembers'],
    validDomains: [],
    ...(singleSignOn && { webApplicationInfo: { id: appId, resource: resourceOf(appId) } }),
  };
}
