import nock from 'nock';

/**
 * Passes what is posted to some paths of an origin on to a server of this machine: for clients that have a `fetch` of their
 * own. The result ends that.
 */
export function passOn(origin: string, paths: RegExp, url: string): () => void {
  nock(origin)
    .persist()
    .post(paths)
    .optionally()
    .reply(async function (path, body) {
      const headers = { 'content-type': 'application/json', authorization: String(this.req.headers.authorization) };
      const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
      const after = answer.headers.get('retry-after');
      const told = { 'content-type': 'application/json', ...(after !== null && { 'retry-after': after }) };
      return [answer.status, await answer.text(), told];
    });
  return () => nock.cleanAll();
}
