import { request, Agent, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import WebSocket from 'ws';
import type { Talk } from './measure.ts';

/** Connections that are kept, as a channel keeps them. */
export const agent = new Agent({ keepAlive: true, maxSockets: 64 });
/** After that an answer does not come any more. */
const patienceMs = 60_000;

/** Turns that were answered otherwise than their step says, as where the machine was too busy to read the account in time. */
export const surprises: string[] = [];

/** Streams that ended though their customer had not left. */
export const disconnects = { count: 0 };

/** A new conversation over Direct Line, in which the bot has said hello. */
export async function openTalk(port: number, identity: string): Promise<Talk> {
  type Answer = Record<string, string>;
  const { token = '', conversationId = '' } = (await post(port, '/v3/directline/tokens/generate', {
    identity,
    anew: true,
  })) as Answer;
  const authorization = `Bearer ${token}`;
  const { streamUrl = '' } = (await post(port, '/v3/directline/conversations', {}, authorization)) as Answer;
  const socket = new WebSocket(streamUrl);
  let left = false;
  let { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  socket.on('message', (frame: Buffer) => {
    // Whatever a turn replies comes in one frame.
    if (frame.includes('"role":"bot"')) resolve(frame);
  });
  const answered = async (what: string) => {
    const late = setTimeout(() => reject(new Error(`no answer to “${what}”`)), patienceMs);
    const frame = await promise;
    clearTimeout(late);
    return frame;
  };
  const end = (error: Error) => {
    // Nobody may wait for an answer now.
    promise.catch(() => undefined);
    reject(error);
  };
  socket.on('error', end);
  socket.on('close', () => {
    if (!left) disconnects.count += 1;
    end(new Error('the stream was closed'));
  });
  await once(socket, 'open');
  await answered('opened');
  return {
    async say({ words: text, has }) {
      ({ promise, resolve, reject } = Promise.withResolvers<Buffer>());
      const path = `/v3/directline/conversations/${conversationId}/activities`;
      await post(port, path, { type: 'message', text }, authorization);
      const frame = await answered(text);
      if (!frame.includes(has)) surprises.push(`“${text}” was answered: ${frame.toString().slice(0, 500)}`);
    },
    close() {
      left = true;
      socket.close();
    },
  };
}

/** Posts JSON; gives the answer. */
export function post(port: number, path: string, body: object, authorization?: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) };
  return new Promise((resolve, reject) => {
    const sent = request(
      { agent, host: '127.0.0.1', port, path, method: 'POST', headers },
      (response: IncomingMessage) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          if ((response.statusCode ?? 500) >= 300) reject(new Error(`${path}: ${text}`));
          else resolve(text === '' ? null : JSON.parse(text));
        });
      },
    );
    sent.on('error', (error: NodeJS.ErrnoException) => {
      // The server closed a connection that had been idle for long, as we took it up again (nodejs.org/api/http.html#requestreusedsocket).
      if (sent.reusedSocket && error.code === 'ECONNRESET') resolve(post(port, path, body, authorization));
      else reject(error);
    });
    sent.end(JSON.stringify(body));
  });
}
