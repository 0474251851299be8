import nock from 'nock';

export const accountApiUrl = 'https://accounts.test';
export const accountApiKey = 'test-key';
export const statusPageUrl = 'https://status.test';

/** What the fake account API answers: a body with a status, or a connection that fails. */
export type AccountAnswer = { readonly status: number; readonly body: unknown } | 'refused';

/** The one nock wrapper: answers every account read with `answerTo`, and counts the reads. */
export function fakeAccountApi(answerTo: (accountId: string, userId: string, object?: string) => AccountAnswer) {
  let reads = 0;
  const scope = nock(accountApiUrl, { reqheaders: { authorization: `Bearer ${accountApiKey}` } }).persist();
  scope.get(/^\/v1\/accounts\/[^/]+\/users\/[^/]+\/access(\?object=[^&]+)?$/).reply((uri, _, done) => {
    reads += 1;
    const { pathname, searchParams } = new URL(uri, accountApiUrl);
    const [, , , accountId = '', , userId = ''] = pathname.split('/').map(decodeURIComponent);
    const answer = answerTo(accountId, userId, searchParams.get('object') ?? undefined);
    if (answer === 'refused') done(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), [0]);
    else done(null, [answer.status, answer.body as nock.Body, { 'content-type': 'application/json' }]);
  });
  return {
    reads: () => reads,
    close: () => nock.cleanAll(),
  };
}

/** A status page whose summary `summaryNow` gives. */
export function fakeStatusPage(summaryNow: () => object): void {
  nock(statusPageUrl)
    .persist()
    .get('/api/v2/summary.json')
    .reply(200, () => summaryNow());
}
