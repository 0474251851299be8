import http from 'node:http';
import https from 'node:https';
import { SupportError } from '../domain/errors.ts';
import type { HttpGet } from '../domain/ports.ts';

const agents = { http: new http.Agent({ keepAlive: true }), https: new https.Agent({ keepAlive: true }) };

/** GETs over kept connections, for half the CPU of `fetch`. Follows no redirect; the deadline covers the body too. */
export const httpGet: HttpGet = (url, { headers, deadlineMs, mostBytes }) =>
  new Promise((resolve, reject) => {
    const secure = url.startsWith('https:');
    const fail = (cause: unknown) => {
      clearTimeout(deadline);
      reject(cause instanceof SupportError ? cause : new SupportError('account-unreachable', { cause }));
    };
    const options = { headers, agent: secure ? agents.https : agents.http };
    const request = (secure ? https : http).get(url, options, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        chunks.push(chunk);
        if (bytes > mostBytes)
          request.destroy(new SupportError('account-garbage', { detail: `more than ${mostBytes} bytes` }));
      });
      response.on('error', fail);
      response.on('end', () => {
        clearTimeout(deadline);
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') });
      });
    });
    request.on('error', fail);
    const deadline = setTimeout(() => request.destroy(new Error(`no answer within ${deadlineMs} ms`)), deadlineMs);
  });
