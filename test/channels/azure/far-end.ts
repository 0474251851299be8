import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { azureOrigin } from '../../../src/channels/azure/endpoints.ts';
import { passOn } from '../../support/pass-on.ts';
import type { Wire } from '../../../src/channels/wire.ts';
import type { Fault, Microsoft, TokenDiffers } from '../teams/far-end.ts';

export const secret = 'RCurR_XV9ZA.cwA.BKA.the-secret-of-the-channel';

/** What the token endpoint does. */
export type TokenFault = 'hang' | 'garbage' | 'huge' | 'moved' | 'empty' | number;

interface Room {
  readonly user: string;
  readonly activities: Wire[];
  started: boolean;
  listener: (frame: string) => void;
}

/** Azure Direct Line on this machine: its tokens, its clients' calls, its connector; it posts to the bot what clients say. */
export async function startAzure(microsoft: Microsoft, bot: () => string) {
  microsoft.state.keys.push(microsoft.keyOf('direct-line', 2, ['directline', 'webchat']));
  const rooms = new Map<string, Room>();
  const asked: { readonly path: string; readonly authorization: string | undefined; readonly body: Wire }[] = [];
  const posted: number[] = [];
  const state = { fault: null as TokenFault | null, connector: null as Fault | null };
  let count = 0;

  /** The bot gets a signed activity. */
  async function post(activity: Wire, differs: TokenDiffers = {}): Promise<number> {
    const { claims = {}, ...rest } = differs;
    const token = await microsoft.token({
      key: 'direct-line',
      claims: { serviceurl: `${azureOrigin}/`, ...claims },
      ...rest,
    });
    const answer = await fetch(`${bot()}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(activity),
    });
    posted.push(answer.status);
    return answer.status;
  }

  function activityOf(id: string, over: Wire = {}): Wire {
    return {
      ...{
        type: 'message',
        id: `${id}|0000001`,
        channelId: 'directline',
        serviceUrl: `${azureOrigin}/`,
        text: 'hello',
      },
      ...{
        conversation: { id },
        from: { id: rooms.get(id)?.user ?? 'dl_nobody' },
        recipient: { id: 'bot@azure' },
        locale: 'en',
      },
      ...over,
    };
  }

  /** Into the room and to whoever listens. */
  function keep(id: string, room: Room, activity: Wire): Wire {
    const kept = { ...activity, id: `${id}|${String(room.activities.length).padStart(7, '0')}` };
    room.activities.push(kept);
    room.listener(JSON.stringify({ activities: [kept], watermark: String(room.activities.length) }));
    return kept;
  }

  /** A room of its own for a user. */
  function open(user: string): string {
    count += 1;
    const id = `azure-talk-${count}`;
    rooms.set(id, { user, activities: [], started: false, listener: () => undefined });
    return id;
  }

  function generate(body: Wire, response: ServerResponse): void {
    const { fault } = state;
    if (fault === 'hang') return;
    if (fault !== null && fault !== 'huge') {
      const bodies = { moved: {}, garbage: '<html>', empty: {} };
      const status = typeof fault === 'number' ? fault : fault === 'moved' ? 302 : 200;
      const told = typeof fault === 'number' ? { error: { code: 'x', message: secret } } : bodies[fault];
      reply(response, status, told, { location: `${base}/elsewhere` });
      return;
    }
    const { id: user } = body.user as { id: string };
    const id = open(user);
    const token = tokenOf(id, { user });
    reply(response, 200, {
      conversationId: id,
      token,
      expires_in: 1800,
      ...(fault && { more: 'x'.repeat(1_100_000) }),
    });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request as AsyncIterable<Buffer>) text += chunk.toString();
    const body = text === '' ? {} : (JSON.parse(text) as Wire);
    const { authorization } = request.headers;
    const path = new URL(request.url ?? '/', base).pathname;
    asked.push({ path, authorization, body });
    const [, line, id = ''] = /^\/v3\/(directline\/)?conversations(?:\/([\w-]+))?/.exec(path) ?? [];
    if (path === '/v3/directline/tokens/generate') generate(body, response);
    else if (line) await answerClient(id || idOf(authorization), path, body, response);
    else answerBot(id, body, response);
  }

  async function answerClient(id: string, path: string, body: Wire, response: ServerResponse): Promise<void> {
    const room = rooms.get(id);
    if (!room) {
      reply(response, 404, {});
      return;
    }
    if (path.endsWith('/activities')) {
      const { type, text, channelData } = body;
      const kept = keep(id, room, { type, text, channelData, from: { id: room.user } });
      reply(response, 200, { id: kept.id });
      await post(activityOf(id, kept));
      return;
    }
    reply(response, 200, {
      conversationId: id,
      token: tokenOf(id, room),
      expires_in: 1800,
      streamUrl: `ws://azure/${id}`,
    });
    if (room.started) return;
    room.started = true;
    const opened = { type: 'conversationUpdate', id: 'opened', text: undefined, membersAdded: [{ id: 'bot@azure' }] };
    await post(activityOf(id, { ...opened, from: { id } }));
  }

  function answerBot(id: string, body: Wire, response: ServerResponse): void {
    const [room, fault] = [rooms.get(id), state.connector];
    if (typeof fault === 'string') return;
    if (fault) {
      reply(response, fault.status, { error: { code: 'Fault', message: JSON.stringify(body) } }, fault.headers);
      return;
    }
    if (!room) {
      reply(response, 404, {});
      return;
    }
    const { id: sent } = keep(id, room, body);
    reply(response, 201, { id: sent });
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // The bot's connector has a `fetch` of its own.
  const endPassing = passOn(azureOrigin, /^\/v3\/conversations\//, base);
  return {
    ...{ base, state, rooms, asked, posted, post, activityOf, open },
    /** `fetch` that finds Azure here, and everything else as before. */
    fetch: ((input: string | URL, init?: RequestInit) =>
      microsoft.fetch(String(input).replace(azureOrigin, base), init)) as typeof fetch,
    /** The socket of a client: it is fed while it is open. */
    socket(url: string): WebSocket {
      const room = rooms.get(new URL(url).pathname.slice(1));
      const socket = { readyState: 1, send: () => undefined, close: () => undefined } as unknown as WebSocket;
      if (!room) return socket;
      room.listener = (data) => void socket.onmessage?.({ data } as MessageEvent);
      const { activities } = room;
      const before = JSON.stringify({ activities, watermark: String(activities.length) });
      setTimeout(() => room.listener(before), 0);
      return socket;
    },
    close() {
      endPassing();
      server.closeAllConnections();
      server.close();
    },
  };
}

function tokenOf(conv: string, { user }: Pick<Room, 'user'>): string {
  return `x.${Buffer.from(JSON.stringify({ user, conv })).toString('base64url')}.s`;
}

function idOf(authorization = ''): string {
  const claims = Buffer.from(authorization.split('.')[1] ?? '', 'base64url').toString();
  return (JSON.parse(claims || '{}') as { conv?: string }).conv ?? '';
}

function reply(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
