import type { IncomingMessage } from 'node:http';

/** One cookie of the console. */
export interface Cookie {
  /** Null: the browser sent none, or one that cannot be ours. */
  read(request: IncomingMessage): string | null;
  /** The `Set-Cookie` that keeps a value, or that forgets it. */
  keep(value: string): string;
  readonly forget: string;
}

const valueShape = /^[\w.-]+$/;
const longestValue = 2_000;

/** A cookie that scripts do not see, and other sites send only by a link; over https it is for https only. */
export function createCookie(name: string, path: string, seconds: number, isHttps: boolean): Cookie {
  const fullName = isHttps ? `__Secure-${name}` : name;
  const write = (value: string, maxAge: number) =>
    `${fullName}=${value}; Path=${path}; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${isHttps ? '; Secure' : ''}`;
  return {
    read({ headers }) {
      const pairs = (headers.cookie ?? '').split(/; ?/);
      const values = pairs
        .filter((pair) => pair.startsWith(`${fullName}=`))
        .map((pair) => pair.slice(fullName.length + 1));
      return values.find((value) => value.length <= longestValue && valueShape.test(value)) ?? null;
    },
    keep: (value) => write(value, seconds),
    forget: write('', 0),
  };
}
