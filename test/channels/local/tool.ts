import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Wire } from '../../../src/channels/wire.ts';

/** A request to the tool's connector. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Wire;
  /** What it was answered. */
  readonly status: number;
}

const activities = /^\/(?:_connector\/)?v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/;

/**
 * The connector of the Bot Framework Emulator (4.15.1, by its source) and of the Agents Playground (0.2.28, as recorded): who
 * has no secret for it must send no token; an activity names who says it and, to be shown by Web Chat, its conversation.
 */
export async function startTool() {
  const asked: Asked[] = [];
  const state = { fault: null as number | null };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const body = JSON.parse((await text(request)) || '{}') as Wire;
    const { status, told } = judge(method, url, headers.authorization, body);
    asked.push({ method, path: decodeURIComponent(url), authorization: headers.authorization, body, status });
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(told));
  }

  function judge(method: string, url: string, authorization: string | undefined, body: Wire) {
    const [, conversation, id] = activities.exec(url) ?? [];
    if (state.fault !== null) return { status: state.fault, told: {} };
    if (authorization !== undefined) return { status: 401, told: {} };
    const { from, conversation: named } = body as { from?: { id?: string }; conversation?: { id?: string } };
    if (conversation === undefined || from?.id === undefined || named?.id !== decodeURIComponent(conversation))
      return { status: 400, told: {} };
    if (method === 'PUT') return { status: body.id === id ? 200 : 400, told: { id } };
    return { status: body.type === 'typing' ? 202 : 201, told: { id: String(1_795_830_764_390 + asked.length) } };
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const messages = () => asked.filter(({ body, status }) => body.type === 'message' && status === 201);
  return {
    base: `http://localhost:${(server.address() as AddressInfo).port}`,
    ...{ asked, state, messages },
    /** What was said there, each message as all the texts that are in it. */
    said: () => messages().map(({ body }) => textsIn(body).join('\n')),
    /** Everything that was said, once this is in it. */
    async hears(what: RegExp): Promise<string> {
      return until(
        () => {
          const all = messages()
            .map(({ body }) => textsIn(body).join('\n'))
            .join('\n\n');
          return what.test(all) ? all : null;
        },
        () => `${String(what)} in ${JSON.stringify(asked.map(({ body }) => body))}`,
      );
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

export type Tool = Awaited<ReturnType<typeof startTool>>;

/** What this gives, once it is not null. */
export async function until<T>(look: () => T | null, wanted: () => string, seconds = 5): Promise<T> {
  for (let i = 0; i < seconds * 50; i += 1) {
    const found = look();
    if (found !== null) return found;
    await sleep(20);
  }
  throw new Error(`there is no ${wanted()}`);
}

/** Every text that a person reads in an activity, in order. */
export function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (['text', 'title'].includes(name) && typeof inner === 'string') return [inner];
    return name === 'data' || name === 'channelData' || name === 'summary' ? [] : textsIn(inner);
  });
}

/** The labels of the buttons that an activity shows. */
export function buttonsIn(body: Wire): string[] {
  const { suggestedActions } = body as { suggestedActions?: { actions: { type: string; value: string }[] } };
  return (suggestedActions?.actions ?? []).map(({ value }) => value);
}

/** The data of our buttons on a card. */
export function pressesIn(value: unknown): { readonly seq: number; readonly label: string }[] {
  if (Array.isArray(value)) return value.flatMap(pressesIn);
  if (typeof value !== 'object' || value === null) return [];
  const { type, data } = value as { type?: unknown; data?: { seq: number; label: string } };
  return type === 'Action.Execute' && data ? [data] : Object.values(value).flatMap(pressesIn);
}
