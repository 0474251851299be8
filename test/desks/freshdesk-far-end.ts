import { isFrom, startFarEnd, type Asked } from './far-end.ts';
import { readHtml } from './read.ts';

export const key = 'freshdesk-key-81c';

interface Filed {
  readonly id: number;
  readonly created_at: string;
  readonly custom_fields: Readonly<Record<string, string>>;
  readonly notes: { body: string; private: boolean }[];
}

/** Enough of Freshdesk: its list knows every ticket at once, its search only those that `index` was told to read. */
export async function startFreshdesk(now: () => number) {
  const tickets: Filed[] = [];
  let indexed: readonly Filed[] = [];
  const file = (custom_fields: Filed['custom_fields']): Filed => {
    const filed = { id: 40 + tickets.length, created_at: new Date(now()).toISOString(), custom_fields, notes: [] };
    tickets.push(filed);
    return filed;
  };

  function search({ query }: Asked) {
    const [, field = '', value] = /^"(\w+):'([^']*)'"$/.exec(query.get('query') ?? '') ?? [];
    const results = indexed.filter(({ custom_fields }) => custom_fields[field] === value);
    return { status: 200, body: { total: results.length, results } };
  }

  function list({ query }: Asked) {
    const [page, size] = [Number(query.get('page') ?? 1), Number(query.get('per_page') ?? 30)];
    const newest = tickets.filter(({ created_at }) => created_at >= (query.get('updated_since') ?? '')).reverse();
    return { status: 200, body: newest.slice((page - 1) * size, page * size) };
  }

  const farEnd = await startFarEnd((asked) => {
    if (!isFrom(key, 'X', asked)) return { status: 401, body: { code: 'invalid_credentials' } };
    const { method, path, body } = asked;
    if (path === '/api/v2/search/tickets') return search(asked);
    if (path === '/api/v2/tickets')
      return method === 'GET' ? list(asked) : { status: 201, body: file(body.custom_fields ?? {}) };
    const [, id, rest] = /^\/api\/v2\/tickets\/(\d+)\/(notes|conversations)$/.exec(path) ?? [];
    const filed = tickets.find((one) => String(one.id) === id);
    if (!filed) return { status: 404 };
    if (rest === 'conversations') {
      const [page, size] = [Number(asked.query.get('page') ?? 1), Number(asked.query.get('per_page') ?? 30)];
      const all = filed.notes.map((note) => ({ ...note, body_text: readHtml(note.body) }));
      return { status: 200, body: all.slice((page - 1) * size, page * size) };
    }
    filed.notes.push({ body: body.body ?? '', private: body.private === true });
    return { status: 201, body: { id: 900 + filed.notes.length, ...body } };
  });
  return Object.assign(farEnd, { tickets, file, index: () => void (indexed = [...tickets]) });
}
