import http from 'node:http';
import https from 'node:https';
import { SupportError } from '../domain/errors.ts';
import type { HttpGet } from '../domain/ports.ts';

const agents = { http: new http.Agent({ keepAlive: true }), https: new https.Agent({ keepAlive: true }) };

/** GETs over kept connections, for half the CPU of `fetch`. Follows no redirect; the deadline covers the body too. */
export const httpGet: HttpGet = (url, { headers, deadlineMs, mostBytes }) =>
  new Promise((resolve, reject) => {
    const secure = url.startsWith('https:');
    const options = { headers, agent: secure ? agents.https : agents.http };
    let request = send();
    const deadline = setTimeout(() => request.destroy(new Error(`no answer within ${deadlineMs} ms`)), deadlineMs);

    function send(): http.ClientRequest {
      const sent = (secure ? https : http).get(url, options, read);
      return sent.on('error', (cause: NodeJS.ErrnoException) => {
        // The far end may close a kept connection just as we use it; a fresh one is no retry of what it has seen.
        if (sent.reusedSocket && cause.code === 'ECONNRESET') request = send();
        else fail(cause);
      });
    }

    function read(response: http.IncomingMessage): void {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        chunks.push(chunk);
        if (bytes > mostBytes)
          request.destroy(new SupportError('account-garbage', { detail: `over ${mostBytes} bytes` }));
      });
      response.on('error', fail);
      response.on('end', () => {
        clearTimeout(deadline);
        const { statusCode: status = 0, headers } = response;
        const header = (name: string) => [headers[name]].flat()[0];
        resolve({ status, text: Buffer.concat(chunks).toString('utf8'), header });
      });
    }

    function fail(cause: unknown): void {
      clearTimeout(deadline);
      reject(cause instanceof SupportError ? cause : new SupportError('account-unreachable', { cause }));
    }
  });
