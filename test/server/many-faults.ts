import pg from 'pg';
import type { History } from './many-clients.ts';

/** What is wrong with what the clients saw, and with what is stored. */
export async function faultsOf(url: string, histories: readonly History[], atDesk: ReadonlyMap<string, number>) {
  const faults: string[] = [];
  const db = new pg.Client(url);
  await db.connect();
  const rows = async <T>(text: string) => (await db.query(text)).rows as T[];
  interface Row {
    readonly conversation_id: string;
    readonly seq: number;
    readonly client_id: string | null;
    readonly attempts: number | null;
  }
  const stored = await rows<Row>('select conversation_id, seq::int, client_id, attempts from activities order by seq');
  const talks = await rows<{ id: string; version: number; last_seq: number }>(
    'select id, version::int, last_seq::int from conversations',
  );
  const tickets = (await rows<{ number: string }>('select number from tickets')).map(({ number }) => number);
  await db.end();
  const check = (holds: boolean, what: string) => {
    if (!holds) faults.push(what);
  };
  for (const { id, version, last_seq: last } of talks) {
    const mine = stored.filter((one) => one.conversation_id === id);
    const inbound = mine.filter(({ client_id: by }) => by !== null);
    check(mine.every(({ seq }, i) => seq === i + 1) && last === mine.length, `${id}: a gap in what is stored`);
    check(
      inbound.every(({ attempts }) => attempts === null),
      `${id}: something was not answered`,
    );
    check(version === inbound.length, `${id}: ${version} turns for ${inbound.length} messages`);
  }
  for (const { id, acknowledged, seen, ticket } of histories) {
    const ids = seen.map((one) => String(one.id));
    const sent = stored.filter((one) => one.conversation_id === id && one.client_id?.startsWith('client:'));
    check(
      String(sent.map((one) => one.client_id)) === String(acknowledged.map((text) => `client:${text}`)),
      `${id}: lost, doubled or out of order`,
    );
    check(new Set(ids).size === ids.length, `${id}: the stream brought something twice`);
    check(String(ids) === String(ids.toSorted()), `${id}: the stream was out of order`);
    check(
      acknowledged.every((text) => seen.some((one) => one.text === text)),
      `${id}: the stream lost a message`,
    );
    check(ticket !== null && tickets.includes(ticket), `${id}: its ticket is not stored`);
  }
  for (const number of tickets) check(atDesk.has(number), `${number} is not at the desk`);
  check(new Set(histories.map(({ ticket }) => ticket)).size === histories.length, 'two talks have one ticket');
  return { faults, tickets, messages: stored.filter((one) => one.client_id !== null).length };
}
