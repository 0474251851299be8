import { codeOf } from '../../domain/errors.ts';
import { json } from '../../http/answer.ts';
import type { ClientKey } from '../../http/client-keys.ts';
import type { Origins } from '../../http/origins.ts';
import { readJson } from '../../http/read-json.ts';
import type { Call, Route, StreamRoute } from '../../http/route.ts';
import type { DirectLine } from './index.ts';
import { readUpload } from './read-upload.ts';
import { drawsThumbs } from './thumbs.ts';

const base = '/v3/directline';
const token = ({ headers }: Call) => headers.authorization;
const id = ({ params }: Call) => params.id ?? '';
const before = (call: Call) => new URLSearchParams(call.getQuery()).get('before') ?? undefined;
const watermark = (call: Call) => new URLSearchParams(call.getQuery()).get('watermark') ?? '';

const thumbs = ({ headers }: Call) => drawsThumbs(headers['x-ms-bot-agent']);

/** The calls of Direct Line 3.0 over HTTP. */
export function directLineRoutes(
  directLine: DirectLine,
  { streamBase }: Pick<Origins, 'streamBase'>,
  clientKey: ClientKey,
): Route[] {
  const client = (call: Call) => ({ streamBase: streamBase(call), thumbs: thumbs(call) });
  return [
    ...ownTalkRoutes(directLine, clientKey),
    [
      'post',
      `${base}/tokens/generate`,
      async (request) => {
        const body = await readJson(request);
        return json(await directLine.generate(body, { ...client(request), key: clientKey(request) }, token(request)));
      },
    ],
    ['post', `${base}/tokens/refresh`, async (request) => json(await directLine.refresh(token(request)))],
    [
      'post',
      `${base}/tokens/revoke`,
      async (request) => {
        await directLine.revoke(token(request));
        return json({});
      },
    ],
    [
      'post',
      `${base}/conversations`,
      async (request) => {
        const { fresh, started } = await directLine.start(token(request), client(request));
        return json(started, fresh ? 201 : 200);
      },
    ],
    [
      'get',
      `${base}/conversations/:id`,
      async (request) =>
        json(await directLine.reconnect(token(request), id(request), watermark(request), client(request))),
    ],
    [
      'get',
      `${base}/conversations/:id/activities`,
      async (request) => {
        const drawn = { thumbs: thumbs(request) };
        return json(await directLine.activities(token(request), id(request), watermark(request), drawn));
      },
    ],
    [
      'post',
      `${base}/conversations/:id/activities`,
      async (request) => json(await directLine.post(token(request), id(request), await readJson(request))),
    ],
    [
      'post',
      `${base}/conversations/:id/upload`,
      async (request) =>
        json(await directLine.upload(token(request), id(request), (hold) => readUpload(request, hold))),
    ],
  ];
}

/** What is not of Direct Line: the conversations of whoever comes back. */
function ownTalkRoutes(directLine: DirectLine, clientKey: ClientKey): Route[] {
  return [
    [
      'post',
      `${base}/tokens/redeem`,
      async (call) => json(await directLine.redeem(await readJson(call), clientKey(call))),
    ],
    ['post', `${base}/unread`, async (call) => json(await directLine.unread(await readJson(call), clientKey(call)))],
    ['get', `${base}/conversations`, async (request) => json(await directLine.talks(token(request), before(request)))],
    [
      'post',
      `${base}/conversations/:id/token`,
      async (request) => json(await directLine.enter(token(request), id(request))),
    ],
    [
      'post',
      `${base}/conversations/:id/seen`,
      async (request) => {
        await directLine.seen(token(request), id(request), await readJson(request));
        return json({});
      },
    ],
  ];
}

/** The stream of a conversation; a ticket that works once stands in its address. */
export function directLineStream(directLine: DirectLine, { allows }: Pick<Origins, 'allows'>): StreamRoute {
  return {
    path: /^\/v3\/directline\/conversations\/[\w-]{1,128}\/stream$/,
    async open(request, { pathname, searchParams }) {
      if (!allows(request)) return null;
      const conversation = pathname.split('/').at(-2) ?? '';
      const after = await directLine.place(conversation, searchParams.get('watermark') ?? '').catch(noPlace);
      const streamed = after === null ? null : await directLine.mayStream(conversation, searchParams.get('t') ?? '');
      const from = { after: after ?? 0, thumbs: searchParams.get('thumbs') === '1' };
      return (socket) => streamed && { receive: () => undefined, leave: directLine.stream(streamed, from, socket) };
    },
  };
}

/** Of a watermark that is none. Throws where it could not be looked for. */
function noPlace(error: unknown): null {
  if (codeOf(error) === 'message-invalid') return null;
  throw error;
}
