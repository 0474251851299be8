/** What a page answered, at the end of its redirects. */
export interface Visited {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

interface Kept {
  readonly value: string;
  readonly path: string;
}

export type Browser = ReturnType<typeof createBrowser>;

/** A browser without a screen: it keeps cookies by origin and path, and follows links to other sites. */
export function createBrowser() {
  const jars = new Map<string, Map<string, Kept>>();
  const jarOf = (url: URL) => {
    const jar = jars.get(url.origin) ?? new Map<string, Kept>();
    jars.set(url.origin, jar);
    return jar;
  };

  function cookiesFor(url: URL): string {
    const fits = [...jarOf(url)].filter(
      ([, { path }]) => path === '/' || url.pathname === path || url.pathname.startsWith(`${path}/`),
    );
    return fits.map(([name, { value }]) => `${name}=${value}`).join('; ');
  }

  function keep(url: URL, headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      const path = /; ?path=([^;]+)/i.exec(line)?.[1] ?? '/';
      if (value === '' || /; ?max-age=0/i.test(line)) jarOf(url).delete(name);
      else jarOf(url).set(name, { value, path });
    }
  }

  /** One call, its redirect not followed. */
  async function step(address: string, init: RequestInit = {}): Promise<Visited> {
    const url = new URL(address);
    const headers = { cookie: cookiesFor(url), ...(init.headers as Record<string, string> | undefined) };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    keep(url, response.headers);
    return { url: url.href, status: response.status, headers: response.headers, text: await response.text() };
  }

  return {
    step,
    cookiesFor: (url: string) => cookiesFor(new URL(url)),
    /** Follows redirects until a page is there, or until the next address would begin with `before`. */
    async go(address: string, before?: string): Promise<Visited> {
      let visited = await step(address);
      for (let hops = 0; hops < 12; hops += 1) {
        const location = visited.headers.get('location');
        if (location === null) return visited;
        const next = new URL(location, visited.url).href;
        if (before !== undefined && next.startsWith(before)) return { ...visited, url: next };
        visited = await step(next);
      }
      throw new Error(`too many redirects at ${visited.url}`);
    },
  };
}
