import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { appId, person, tenant, type Microsoft } from '../channels/teams/far-end.ts';

/**
 * What is filled in as real Teams has it: the tenant, the author's object id (both are no GUIDs in the Playground) and the
 * id of our bot, wherever an activity names them. The channel, the conversation and the author's own id stay.
 */
const filledIn: readonly (readonly [string, string])[] = [
  ['00000000-0000-0000-0000-0000000000001', tenant],
  ['00000000-0000-0000-0000-0000000000020', person],
  ['00000000-0000-0000-0000-00000000000011', `28:${appId}`],
];

/** Stands before `POST /api/messages` and signs as Microsoft does, for the Playground sends no token. */
export async function startSigningProxy(microsoft: Microsoft) {
  let target = '';

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // The Playground looks whether somebody is here.
    if (request.method !== 'POST') {
      response.end();
      return;
    }
    const body = filledIn.reduce(
      (all, [theirs, ours]) => all.replaceAll(`"${theirs}"`, `"${ours}"`),
      await text(request),
    );
    const { serviceUrl } = JSON.parse(body) as { serviceUrl?: unknown };
    const authorization = `Bearer ${await microsoft.token({ claims: { serviceurl: serviceUrl } })}`;
    const headers = { 'content-type': 'application/json', authorization };
    const answer = await fetch(target, { method: 'POST', headers, body });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' });
    response.end(await answer.text());
  }

  const server = createServer((request, response) => {
    pass(request, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`,
    passTo(url: string) {
      target = url;
    },
  };
}
