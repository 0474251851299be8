/** Where Microsoft's side of Teams is. Only tests know another one: no setting leads here. */
export interface TeamsEndpoints {
  /** The OpenID metadata of the Bot Framework, which names its keys. */
  readonly metadata: string;
  /** The issuer of the tokens that channels send to bots. */
  readonly issuer: string;
  /** Origins to which replies, and with them our token, may go. */
  readonly services: ReadonlySet<string>;
  /** Where to say something that nobody asked for. */
  readonly proactiveUrl: string;
}

/**
 * Microsoft's public cloud. Exact hosts, for anybody can register a name below trafficmanager.net; GCC is part of this cloud.
 * GCC High, DoD and 21Vianet have other issuers and sign-ins, and are not served.
 */
export const microsoft: TeamsEndpoints = {
  metadata: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  issuer: 'https://api.botframework.com',
  services: new Set(['https://smba.trafficmanager.net', 'https://smba.infra.gcc.teams.microsoft.com']),
  proactiveUrl: 'https://smba.trafficmanager.net/teams/',
};

/** Whether our token may go there: a listed origin and a plain path. */
export function isTrusted(service: string, { services }: Pick<TeamsEndpoints, 'services'>): boolean {
  const url = URL.parse(service);
  if (!url || !services.has(url.origin)) return false;
  // As written, for the path of each call is put behind it.
  return service.startsWith(url.origin) && /^(?:\/[\w.-]{1,64}){0,8}\/?$/.test(service.slice(url.origin.length));
}
