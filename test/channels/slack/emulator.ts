import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

type Told = Readonly<Record<string, unknown>>;

/** A message as the emulated Slack keeps it. */
export interface KeptMessage {
  readonly ts: string;
  readonly thread_ts?: string;
  readonly user: string;
  readonly text: string;
  readonly blocks?: readonly { readonly type: string }[];
  readonly metadata?: unknown;
}

export const tokens = { bot: 'xoxb-1-secret-token', ada: 'xoxp-of-ada' } as const;
const seed = {
  slack: {
    users: [{ name: 'ada', real_name: 'Ada', email: 'ada@acme.example' }],
    oauth_apps: [
      {
        ...{ app_id: 'A1', client_id: 'c1', client_secret: 's1', name: 'Latchkey', bot_name: 'latchkey' },
        ...{ redirect_uris: ['http://localhost/x'], scopes: ['chat:write', 'im:history'] },
      },
    ],
    tokens: [
      { token: tokens.bot, type: 'bot', user: 'latchkey', app_id: 'A1', scopes: ['chat:write', 'im:history'] },
      { token: tokens.ada, type: 'user', user: 'ada', scopes: ['chat:write', 'im:history', 'channels:history'] },
    ],
  },
};
const program = resolve(import.meta.dirname, '../../../node_modules/emulate/dist/index.js');

/** A workspace of Vercel's emulator of Slack, in a process of its own on this machine, with Ada and the bot in it. */
export async function startEmulator() {
  const folder = mkdtempSync(join(tmpdir(), 'slack-emulator-'));
  const file = join(folder, 'seed.json');
  writeFileSync(file, JSON.stringify(seed));
  const port = await freePort();
  const child = spawn(process.execPath, [program, 'start', '-s', 'slack', '-p', String(port), '--seed', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  await ready(child.stdout);
  const url = `http://127.0.0.1:${port}/api/`;

  async function call(method: string, body: Record<string, string>, token: string = tokens.ada): Promise<Told> {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(url + method, { method: 'POST', headers, body: new URLSearchParams(body) });
    const told = (await answer.json()) as Told;
    if (told.ok !== true) throw new Error(`${method}: ${String(told.error)}`);
    return told;
  }

  const me = await Promise.all([tokens.bot, tokens.ada].map((token) => call('auth.test', {}, token)));
  const [bot = '', ada = ''] = me.map(({ user_id }) => String(user_id));
  const opened = (await call('conversations.open', { users: ada }, tokens.bot)).channel as { readonly id: string };
  const messages = (method: string) => async (channel: string, ts?: string) => {
    const told = await call(method, { channel, limit: '100', ...(ts !== undefined && { ts }) });
    return told.messages as readonly KeptMessage[];
  };
  return {
    ...{ url, bot, ada, team: String(me[0]?.team_id), direct: opened.id, channel: 'C000000001' },
    /** Ada writes; the timestamp of her message. */
    writes: async (channel: string, text: string, thread?: string) =>
      String(
        (await call('chat.postMessage', { channel, text, ...(thread !== undefined && { thread_ts: thread }) })).ts,
      ),
    joins: (channel: string) => call('conversations.join', { channel }, tokens.ada),
    history: messages('conversations.history'),
    replies: messages('conversations.replies'),
    async stop() {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 3_000);
      await ended;
      clearTimeout(late);
      rmSync(folder, { recursive: true });
    },
  };
}

async function ready(output: NodeJS.ReadableStream): Promise<void> {
  let told = '';
  for await (const chunk of output as AsyncIterable<Buffer>) {
    told += chunk.toString();
    if (told.includes('Ready')) break;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
