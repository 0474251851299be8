import { request, Agent, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import WebSocket from 'ws';

/** Connections that are kept, as a channel keeps them. */
export const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/**
 * A customer's talk, over and over: a complaint, another look, a new start. Each with what stands in its last reply and in no
 * other message of its turn.
 */
const talk = [
  { words: 'I get access denied when I try to export', ends: 'suggestedActions' },
  { words: 'done', ends: 'suggestedActions' },
  { words: 'start over', ends: 'What can' },
] as const;

/** An open conversation over Direct Line; a turn ends when its last reply has been pushed. */
export async function openTalk(port: number) {
  const { identity } = (await post(port, '/demo/identity', { customer: 'over-limit' })) as { identity: string };
  const { token, conversationId } = (await post(port, '/v3/directline/tokens/generate', { identity })) as Record<
    string,
    string
  >;
  const authorization = `Bearer ${token ?? ''}`;
  const { streamUrl = '' } = (await post(port, '/v3/directline/conversations', {}, authorization)) as Record<
    string,
    string
  >;
  const socket = new WebSocket(streamUrl);
  let turns = 0;
  let [ends, done] = ['', (): void => undefined];
  socket.on('message', (frame: Buffer) => {
    if (ends !== '' && frame.includes(ends)) done();
  });
  await once(socket, 'open');
  return {
    async turn() {
      const { words: text, ends: last } = talk[turns % talk.length] ?? talk[0];
      turns += 1;
      ends = last;
      const answered = new Promise<void>((resolve) => {
        done = resolve;
      });
      await post(
        port,
        `/v3/directline/conversations/${conversationId ?? ''}/activities`,
        { type: 'message', text },
        authorization,
      );
      await answered;
    },
    close: () => socket.close(),
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
    sent.on('error', reject);
    sent.end(JSON.stringify(body));
  });
}
