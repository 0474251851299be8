import { redirect } from './answer.ts';
import type { Handler } from './route.ts';

/** The address as it is meant, where slashes stand twice or the wrong way; null: it is as it is meant. */
export function withoutDoubleSlashes(url: string): string | null {
  const [path = '', ...query] = url.split('?');
  const meant = path.replaceAll(/[\\/]{2,}/g, '/');
  return meant === path || !path.startsWith('/') ? null : [meant, ...query].join('?');
}

/** A path with a slash at its end where it had none, and the other way round; null: it has no other form. */
export function withOtherEnd(path: string): string | null {
  if (path === '/') return null;
  return path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
}

/** Leads to the same address with the other end. */
export const toOtherEnd: Handler = ({ url = '/' }) => {
  const [path = '/', ...query] = url.split('?');
  return redirect([withOtherEnd(path) ?? '/', ...query].join('?'), 301);
};
