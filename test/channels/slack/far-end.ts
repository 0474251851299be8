import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** One call of Slack's Web API as it came; JSON in its form is parsed. */
export interface ApiCall {
  readonly method: string;
  readonly authorization: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What the far end does instead of answering well; `hangs`: nothing. */
export type Fault =
  'hangs' | { readonly status?: number; readonly headers?: Record<string, string>; readonly body: string };

/** `fetch` that finds Slack at another address: its Web API, and where it takes what only one person sees. */
export const slackAt =
  (apiUrl: string): typeof fetch =>
  (input, init) =>
    fetch((input as string).replace(/^https:\/\/(?:slack\.com\/api|hooks\.slack\.com)\//, apiUrl), init);

export type SlackApi = ReturnType<typeof createSlackApi>;

/** The same, started. */
export async function startSlackApi(): Promise<SlackApi> {
  const api = createSlackApi();
  await api.start();
  return api;
}

/** Slack's Web API on this machine: it keeps what it was asked, and answers as it is told to. */
export function createSlackApi() {
  const calls: ApiCall[] = [];
  const faults: Fault[] = [];
  const triggers = new Set<string>();
  interface State {
    users: Readonly<Record<string, unknown>>;
    answersUsers: Promise<void>;
    answersOpening: Promise<void>;
    /** How it takes what only one person sees. */
    answersHint: () => Partial<Exclude<Fault, 'hangs'>>;
    /** Gives the address of a new socket. */
    socketUrl: () => string;
  }
  const usual: State = {
    users: {},
    answersUsers: Promise.resolve(),
    answersOpening: Promise.resolve(),
    answersHint: () => ({}),
    socketUrl: () => '',
  };
  const state = { ...usual };
  const server = createServer((request, response) => {
    void text(request).then(async (form) => {
      const method = (request.url ?? '').replace('/api/', '');
      calls.push({
        method,
        authorization: request.headers.authorization,
        body: form.startsWith('{') ? (JSON.parse(form) as ApiCall['body']) : parsed(form),
      });
      if (method === 'users.info') await state.answersUsers;
      if (opening.has(method)) await state.answersOpening;
      const fault = faults.shift();
      if (fault === 'hangs') return;
      const isHint = method === 'chat.postEphemeral' || calls.at(-1)?.body.response_type === 'ephemeral';
      const trigger = method === 'views.open' ? String(calls.at(-1)?.body.trigger_id) : null;
      const isUsed = trigger !== null && triggers.has(trigger);
      if (trigger !== null) triggers.add(trigger);
      const ts = tsOf(calls.length);
      const user = state.users[String(calls.at(-1)?.body.user)];
      answer(
        response,
        fault ?? {
          body: isUsed
            ? '{"ok":false,"error":"exchanged_trigger_id"}'
            : JSON.stringify({
                ok: true,
                ts,
                channel: method === 'conversations.open' ? { id: 'D1' } : 'D1',
                ...(user !== undefined && { user }),
                ...(method === 'apps.connections.open' && { url: state.socketUrl() }),
              }),
          ...(isHint && state.answersHint()),
        },
      );
    });
  });
  return {
    get url() {
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
    },
    async start() {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    },
    /** Forgets what it was asked and told. */
    forget() {
      for (const some of [calls, faults]) some.length = 0;
      triggers.clear();
      Object.assign(state, usual);
    },
    calls,
    faults,
    state,
    /** What it calls the message of the n-th call. */
    tsOf,
    /** The calls of one method. */
    of: (method: string) => calls.filter((call) => call.method === method),
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What Slack opens or shows on demand, as `state.answersOpening` lets it. */
const opening = new Set(['views.open', 'views.publish', 'conversations.open']);

const tsOf = (nth: number) => `1700000000.${String(nth).padStart(6, '0')}`;

function answer(response: ServerResponse, { status = 200, headers = {}, body }: Exclude<Fault, 'hangs'>): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries({ 'content-type': 'application/json', ...headers }))
    response.setHeader(name, value);
  response.end(body);
}

function parsed(form: string): ApiCall['body'] {
  return Object.fromEntries(
    [...new URLSearchParams(form)].map(([name, value]) => [
      name,
      /^[[{]/.test(value) ? (JSON.parse(value) as unknown) : value,
    ]),
  );
}
