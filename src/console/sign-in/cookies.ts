import type { IncomingMessage } from 'node:http';

/** One cookie of the console. */
export interface Cookie {
  /** Null: the browser sent none, or one that cannot be ours. */
  read(request: IncomingMessage): string | null;
  /** The `Set-Cookie` that keeps a value, or that forgets it. */
  keep(value: string): string;
  readonly forget: string;
}

/** A cookie that scripts do not see, and other sites send only by a link; over https it is for https only. */
export function createCookie(name: string, path: string, seconds: number, isHttps: boolean): Cookie {
  const fullName = isHttps ? `__Secure-${name}` : name;
  const shape = new RegExp(`(?:^|; ?)${fullName}=([\\w.-]{1,2000})(?=;|$)`);
  const write = (value: string, maxAge: number) =>
    `${fullName}=${value}; Path=${path}; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${isHttps ? '; Secure' : ''}`;
  return {
    read: ({ headers }) => shape.exec(headers.cookie ?? '')?.[1] ?? null,
    keep: (value) => write(value, seconds),
    forget: write('', 0),
  };
}
