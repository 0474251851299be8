import type { IncomingMessage } from 'node:http';

/** Which sites may use the chat, and at which address this server is reached. */
export interface Origins {
  /** True without an Origin (not a browser), from this server's own pages, and from the listed sites. */
  allows(request: IncomingMessage): boolean;
  /** CORS headers for a listed site. */
  headersFor(request: IncomingMessage): Record<string, string>;
  readonly preflight: Record<string, string>;
  /** Origins whose pages may embed the widget. */
  embedders(request: IncomingMessage): readonly string[];
  /** Whether a page of this origin may: a listed one, or one of this server's own, by whatever name it is reached. */
  mayEmbed(request: IncomingMessage, origin: string): boolean;
  /** `style`: the source of the style sheet in the page. */
  widgetPolicy(request: IncomingMessage, style: string): string;
  /** Where this client reaches this server. */
  addressFor(request: IncomingMessage): string;
  /** `ws://host` or `wss://host`, as this client can reach it. */
  streamBase(request: IncomingMessage): string;
}

const hostShape = /^(?:[\w.-]{1,253}|\[[\da-f:.]{2,45}\])(?::\d{1,5})?$/i;

/** Whether a request's path and Host are an address. Pages and policies repeat the host, and restify throws where it is none. */
export function isAddress({ url = '/', headers: { host = 'localhost' } }: IncomingMessage): boolean {
  return hostShape.test(host) && URL.canParse(url, `http://${host}`);
}

/** Where customers reach this server, and which sites may embed the widget. */
export interface OriginSettings {
  /** Null: at the host and port that they used. */
  readonly publicUrl: string | null;
  readonly allowedOrigins: readonly string[];
  /** What else the widget may call, as sources of a content security policy. */
  readonly called: readonly string[];
}

/** The origins as the settings have them. */
export function createOrigins({ publicUrl, allowedOrigins, called }: OriginSettings): Origins {
  const listed = new Set(allowedOrigins);
  // Without PUBLIC_URL the host that the client used is ours: it reached us there.
  const own = (request: IncomingMessage) => publicUrl ?? `http://${request.headers.host ?? 'localhost'}`;
  const streamBase = (request: IncomingMessage) => own(request).replace(/^http/, 'ws');
  const embedders = (request: IncomingMessage) => [own(request), ...allowedOrigins];
  return {
    allows({ headers }) {
      const { origin, host } = headers;
      if (origin === undefined || listed.has(origin) || origin === publicUrl) return true;
      return publicUrl === null && origin === `http://${host ?? ''}`;
    },
    headersFor({ headers }): Record<string, string> {
      if (headers.origin === undefined || !listed.has(headers.origin)) return {};
      return {
        'access-control-allow-origin': headers.origin,
        'access-control-expose-headers': 'Retry-After',
        vary: 'origin',
      };
    },
    preflight: {
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization, content-type, x-ms-bot-agent, x-requested-with',
      'access-control-max-age': '600',
    },
    embedders,
    mayEmbed: (request, origin) =>
      embedders(request).includes(origin) || URL.parse(origin)?.host === request.headers.host,
    widgetPolicy: (request, style) =>
      [
        `default-src 'none'; script-src 'self'; style-src ${style}; img-src 'self' data:; base-uri 'none'; form-action 'none'`,
        `connect-src ${["'self'", streamBase(request), ...called].join(' ')}`,
        `frame-ancestors 'self' ${embedders(request).join(' ')}`,
        "require-trusted-types-for 'script'",
      ].join('; '),
    addressFor: own,
    streamBase,
  };
}
