import nock from 'nock';
import { httpGet } from '../../src/accounts/http-get.ts';
import type { AccountSource } from '../../src/accounts/source.ts';
import type { Connect } from '../accounts/far-end.ts';

/** A source whose requests to one origin are answered by nock: the way through the real HTTP client. */
export function nocked(origin: string, source: AccountSource): Connect {
  return (farEnd) => {
    const scope = nock(origin).persist();
    scope.get(/.*/).reply(function (uri, _, done) {
      const answer = farEnd(new URL(uri, origin), this.req.headers);
      if (answer === 'refused') {
        done(new Error('connect ECONNREFUSED'), [0]);
        return;
      }
      const { status, body, retryAfterMs } = answer;
      const headers: nock.ReplyHeaders = retryAfterMs === undefined ? {} : { 'retry-after': `${retryAfterMs / 1_000}` };
      done(null, [status, typeof body === 'string' ? body : JSON.stringify(body), headers]);
    });
    return { source, get: httpGet, close: () => nock.cleanAll() };
  };
}
