const home = '/console';
/** Characters: it travels in a cookie. */
const longest = 500;

/** Where to go after the sign-in: the asked-for path inside the console, else its first page. Never another site. */
export function safeNext(asked: string | null): string {
  // A backslash and characters that URLs drop (tab, line feed) mean one thing here and another to a browser.
  if (asked === null || !/^\/console(?:[/?#]|$)/.test(asked) || /[\\\p{Cc}]/u.test(asked)) return home;
  const url = URL.parse(asked, 'http://here');
  if (url?.origin !== 'http://here' || !/^\/console(?:\/|$)/.test(url.pathname)) return home;
  const next = url.pathname + url.search + url.hash;
  return next.length > longest ? home : next;
}

/** The sign-in page, or another step of the sign-in, that goes on to a path of the console. */
export function signInAt(next: string, step: '' | '/openid' = ''): string {
  const query = next === home ? '' : `?next=${encodeURIComponent(next)}`;
  return `/console/sign-in${step}${query}`;
}
