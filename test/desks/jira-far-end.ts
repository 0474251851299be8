import { isFrom, startFarEnd, type Asked } from './far-end.ts';

export const account = { email: 'bot@acme.example', token: 'jira-token-c07' };

interface Raised {
  readonly key: string;
  readonly summary: string;
  readonly at: number;
}

/** Enough of Jira: its search knows an issue only `lagMs` after it was raised. */
export async function startJira(now: () => number, lagMs: number) {
  const issues: Raised[] = [];

  function raise({ body }: Asked) {
    const key = `SUP-${issues.length + 1}`;
    issues.push({ key, summary: body.requestFieldValues?.summary ?? '', at: now() });
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

  const farEnd = await startFarEnd((asked) => {
    if (!isFrom(account.email, account.token, asked)) return { status: 401 };
    if (asked.path === '/rest/servicedeskapi/request') return raise(asked);
    return asked.path === '/rest/api/3/search/jql' ? search(asked) : { status: 404 };
  });
  return Object.assign(farEnd, { issues });
}
