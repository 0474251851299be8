import { isFrom, startFarEnd, type Asked } from './far-end.ts';
import { readHtml } from './read.ts';

export const agent = { email: 'bot@acme.example', token: 'zendesk-token-5f1' };

interface Filed {
  readonly id: number;
  readonly external_id: string;
  readonly comments: string[];
}

/** Enough of Zendesk: it keeps tickets, and knows an idempotency key until it forgets it. */
export async function startZendesk() {
  const tickets: Filed[] = [];
  const keys = new Map<string, { text: string; id: number }>();
  const told = ({ id, external_id }: Filed) => ({
    id,
    external_id,
    url: `https://acme.example/api/v2/tickets/${id}.json`,
  });

  function file({ headers, body }: Asked) {
    const [key, text] = [String(headers['idempotency-key']), JSON.stringify(body)];
    const known = keys.get(key);
    if (known) return known.text === text ? { status: 201, body: { ticket: { id: known.id } } } : { status: 400 };
    const filed = { id: 300 + tickets.length, external_id: body.ticket?.external_id ?? '', comments: [] };
    tickets.push(filed);
    keys.set(key, { text, id: filed.id });
    return { status: 201, body: { ticket: told(filed) } };
  }

  const farEnd = await startFarEnd((asked) => {
    if (!isFrom(`${agent.email}/token`, agent.token, asked)) return { status: 401, body: { error: 'no' } };
    const { method, path, query, body } = asked;
    if (path === '/api/v2/tickets.json' && method === 'POST') return file(asked);
    if (path === '/api/v2/tickets.json')
      return {
        status: 200,
        body: { tickets: tickets.filter((one) => one.external_id === query.get('external_id')).map(told) },
      };
    const [, id, rest] = /^\/api\/v2\/tickets\/(\d+)(\.json|\/comments\.json)$/.exec(path) ?? [];
    const filed = tickets.find((one) => String(one.id) === id);
    if (!filed) return { status: 404 };
    // With the no-break space that editors leave.
    if (rest === '.json') filed.comments.push(`${readHtml(body.ticket?.comment?.html_body ?? '')}\u00A0`);
    const comments = filed.comments.map((plain_body, i) => ({ id: i, plain_body })).reverse();
    return { status: 200, body: rest === '.json' ? { ticket: told(filed) } : { comments } };
  });
  return Object.assign(farEnd, { tickets, forgetKeys: () => keys.clear() });
}
