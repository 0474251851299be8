import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as it came. */
export interface Message {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** The signature as the text of Standard Webhooks has it, written apart from ours. */
export function isSigned(secret: string, { headers, body }: Message): boolean {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const content = [headers['webhook-id'], headers['webhook-timestamp'], body].join('.');
  const expected = createHmac('sha256', key).update(content, 'utf8').digest();
  return String(headers['webhook-signature'])
    .split(' ')
    .filter((one) => one.startsWith('v1,'))
    .map((one) => Buffer.from(one.slice('v1,'.length), 'base64'))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}

/** Answers; not in one chain with writeHead, for restify patches it in this process and it returns nothing. */
export function reply(answer: ServerResponse, status: number, body = '', headers: Record<string, string> = {}): void {
  answer.writeHead(status, headers);
  answer.end(body);
}

/** A receiver of webhooks on this machine; `answer` takes over the answering, after the message is kept. */
export async function startReceiver(secret: string) {
  const kept = new Map<string, string>();
  const messages: Message[] = [];
  const receiver = {
    answer: (answer: ServerResponse, message: Message) => take(answer, message),
    take,
    messages,
    /** The body of each message that was taken, by its id. */
    kept,
    keep: ({ headers, body }: Message) => void kept.set(String(headers['webhook-id']), body),
    url: '',
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };

  function take(answer: ServerResponse, message: Message): void {
    if (!isSigned(secret, message)) {
      reply(answer, 401);
      return;
    }
    receiver.keep(message);
    reply(answer, 204);
  }

  const server = createServer((request, answer) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const message = { method: request.method ?? '', headers: request.headers, body };
      messages.push(message);
      receiver.answer(answer, message);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks?for=latchkey`;
  return receiver;
}
