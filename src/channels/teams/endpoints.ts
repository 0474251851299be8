/** Where Microsoft's side of Teams is. Only tests know others than the clouds below. */
export interface TeamsEndpoints {
  /** The OpenID metadata of the Bot Framework, which names its keys. */
  readonly metadata: string;
  /** The issuer of the tokens that channels send to bots. */
  readonly issuer: string;
  /** The origin at which bots and people sign in (Entra). */
  readonly login: string;
  /** What the bot's own token is for. */
  readonly scope: string;
  /** Origins to which replies, and with them our token, may go. */
  readonly services: ReadonlySet<string>;
  /** Where to say something that nobody asked for. */
  readonly proactiveUrl: string;
}

/** Microsoft's public cloud, GCC included. Exact hosts, for anybody can register a name below trafficmanager.net. */
const publicCloud: TeamsEndpoints = {
  metadata: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  issuer: 'https://api.botframework.com',
  login: 'https://login.microsoftonline.com',
  scope: 'https://api.botframework.com/.default',
  services: new Set(['https://smba.trafficmanager.net', 'https://smba.infra.gcc.teams.microsoft.com']),
  proactiveUrl: 'https://smba.trafficmanager.net/teams/',
};

/** Microsoft's clouds for the government of the United States, which differ in where Teams is. */
function government(service: string): TeamsEndpoints {
  return {
    metadata: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
    issuer: 'https://api.botframework.us',
    login: 'https://login.microsoftonline.us',
    scope: 'https://api.botframework.us/.default',
    services: new Set([service]),
    proactiveUrl: `${service}/teams/`,
  };
}

/** Microsoft's clouds, as `TEAMS_CLOUD` names them. 21Vianet has other issuers and sign-ins, and is not served. */
export const clouds = {
  public: publicCloud,
  gcch: government('https://smba.infra.gov.teams.microsoft.us'),
  dod: government('https://smba.infra.dod.teams.microsoft.us'),
} satisfies Readonly<Record<string, TeamsEndpoints>>;
/** One of them. */
export type TeamsCloud = keyof typeof clouds;

/** Whether our token may go there: a listed origin and a plain path. */
export function isTrusted(service: string, { services }: Pick<TeamsEndpoints, 'services'>): boolean {
  const url = URL.parse(service);
  if (!url || !services.has(url.origin)) return false;
  // As written, for the path of each call is put behind it.
  return service.startsWith(url.origin) && /^(?:\/[\w.-]{1,64}){0,8}\/?$/.test(service.slice(url.origin.length));
}
