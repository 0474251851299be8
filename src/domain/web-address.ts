/** An address of http or https; null: it is none. */
export function httpUrl(text: string): URL | null {
  const url = URL.parse(text);
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : null;
}

/** The origin of an address that is nothing but one; null: it has a path, a login or a wildcard, which an origin has not. */
export function originOf(text: string): string | null {
  const url = httpUrl(text);
  const isWhole = url?.pathname === '/' && url.search === '' && url.hash === '' && !hasLogin(url);
  return isWhole && !url.hostname.includes('*') ? url.origin : null;
}

/** Whether an address holds a user or a password. */
export function hasLogin({ username, password }: URL): boolean {
  return username !== '' || password !== '';
}

/** Whether a host, as a setting, a socket or an address names it, is this machine and no other can reach it. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|(?:::ffff:)?127(?:\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);
}

/** Whether a secret may be sent there: by https, or by http on this machine. */
export function mayCarrySecrets({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}
