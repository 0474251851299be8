import { isFrom, startFarEnd, type Asked } from './far-end.ts';

export const account = { email: 'bot@acme.example', token: 'jira-token-c07' };

interface Raised {
  readonly key: string;
  readonly summary: string;
  readonly at: number;
  readonly comments: { readonly body: string; readonly public: boolean }[];
}

/** Enough of Jira: its search knows an issue only `lagMs` after it was raised. */
export async function startJira(now: () => number, lagMs: number) {
  const issues: Raised[] = [];

  function raise({ body }: Asked) {
    const key = `SUP-${issues.length + 1}`;
    issues.push({ key, summary: body.requestFieldValues?.summary ?? '', at: now(), comments: [] });
    const links = { web: `https://acme.example/servicedesk/customer/portal/3/${key}` };
    return { status: 201, body: { issueId: '107001', issueKey: key, _links: links } };
  }

  /** As words, however they are cut: one that begins alike is found too. */
  function search({ query }: Asked) {
    const [, phrase = ''] = /^summary ~ "\\"(.*)\\""$/.exec(query.get('jql') ?? '') ?? [];
    const known = issues.filter(({ at }) => now() - at >= lagMs);
    const found = known.filter(({ summary }) => phrase !== '' && summary.includes(phrase));
    return { status: 200, body: { issues: found.map(({ key, summary }) => ({ key, fields: { summary } })) } };
  }

  function comment({ method, path, query, body }: Asked) {
    const [, list, key] = /^\/rest\/(api\/2\/issue|servicedeskapi\/request)\/([^/]+)\/comment$/.exec(path) ?? [];
    const issue = issues.find((one) => one.key === key);
    if (!issue) return { status: 404 };
    if (method === 'POST') issue.comments.push({ body: body.body ?? '', public: body.public ?? true });
    if (method === 'POST') return { status: 201, body: { id: String(1000 + issue.comments.length), ...body } };
    if (list !== 'api/2/issue') return { status: 404 };
    // The oldest first, unless it is asked.
    const ordered = query.get('orderBy') === '-created' ? issue.comments.toReversed() : issue.comments;
    const comments = ordered.slice(0, Number(query.get('maxResults') ?? 50)).map((one) => ({ body: one.body }));
    return { status: 200, body: { startAt: 0, total: issue.comments.length, comments } };
  }

  const farEnd = await startFarEnd((asked) => {
    if (!isFrom(account.email, account.token, asked)) return { status: 401 };
    if (asked.path === '/rest/servicedeskapi/request') return raise(asked);
    return asked.path === '/rest/api/3/search/jql' ? search(asked) : comment(asked);
  });
  return Object.assign(farEnd, { issues });
}

/** What agents read of a comment whose wiki markup is one block of {noformat} and a line of ours; other markup is shown with it. */
export function readWiki(text: string): string {
  const [before, shown, ...after] = text.split(/\{noformat(?::[^{}\n]*)?\}/i);
  return before === '' && shown !== undefined && after.length === 1 ? shown.trim() : `markup: ${text}`;
}
