import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { Store } from '../../src/domain/ports.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { ticketNumbered, ticketOfSomeone, verified } from '../desks/tickets.ts';
import { onEachStore, openDatabase } from '../support/databases.ts';
import { nextEffects } from '../support/effects.ts';
import { fakeClock } from '../support/fakes.ts';
import { storeOver, written } from '../support/store.ts';
import { worded } from './ticket-world.ts';

const clock = fakeClock();
const talk = { channel: 'x', userId: 'dl_1', subject: null, locale: 'en', shared: false };

async function opened() {
  const db = await openDatabase();
  const store = await storeOver(db, clock);
  let count = 0;
  const turn = async (differs: { ticket: Ticket } | { amendedTicket: Ticket }, id = 'talk') => {
    await store.open({ id, ...talk });
    await store.receive(id, written('x', `client:${(count += 1)}`));
    await store.commit(await nextEffects(store, id, differs));
  };
  return { db, store, turn };
}
const find = async (store: Store, what: string, limit = 50) =>
  (await store.tickets.search(what, { limit })).map(({ ticket }) => ticket.number);

onEachStore('a search for tickets', (kind) => {
  const person = {
    ...ticketOfSomeone('LK-7F3K9QXA', { name: 'Zoë Müller-Łukasz', email: 'zoe.m+x@customer.example' }),
  };
  const whole: Ticket = {
    ...person,
    problem: {
      ...person.problem,
      words: 'L’export échoue: “Access denied” für Straße 7, 日本語のエラー, rate_limit=0',
      errorCode: 'insufficient_scope',
      requestId: 'req_8Kd02',
    },
  };
  for (const [what, isFound] of [
    ['LK-7F3K9QXA', true],
    ['lk-7f3k', true],
    ['7f3k9', true],
    ['F3K9', false],
    ['Zoë', true],
    ['zoe', true],
    ['ZOE MULLER', true],
    ['lukasz', true],
    ['zoe.m+x@customer.example', true],
    ['acme', true],
    ['acct_7', true],
    ['acme monthly', false],
    ['ÉCHOUE', true],
    ['strasse', true],
    ['Straße 7', true],
    ['“access denied”', true],
    ['acc den', true],
    ['denied access', true],
    ['日本', true],
    ['エラー', true],
    ['中国', false],
    ['insufficient_scope', true],
    ['req_8kd', true],
    ['rate_limit = 0', true],
    ['access OR nothing', false],
    ['NOT nothing', false],
    ['', false],
    ['  "*\\\'()^:-&|!<>~%_;--  ', false],
    ['access* AND "denied', false],
    ["access' & denied:*", true],
    ['terms:access', false],
    [`access ${'x'.repeat(300)}`, false],
  ] as const)
    it(`${isFound ? 'finds' : 'does not find'} it by ${JSON.stringify(what)}`, async () => {
      const { store, turn } = await opened();
      await turn({ ticket: whole });
      assert.deepEqual(await find(store, what), isFound ? ['LK-7F3K9QXA'] : []);
    });

  it('takes whatever people type, and finds each ticket by each of its own words', async () => {
    const { store, turn } = await opened();
    let n = 0;
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 60 }), async (words) => {
        const number = `LK-R${(n += 1)}`;
        await turn({ ticket: worded(words, number, number) }, number);
        await find(store, words.replaceAll('\0', ''));
        for (const word of words.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])
          assert.ok((await find(store, `${number} ${word}`)).includes(number), word);
      }),
      { numRuns: kind === 'SQLite' ? 100 : 20 },
    );
  });

  it('has the newest first, page by page, each once', async () => {
    const { store, turn } = await opened();
    const numbers = Array.from({ length: 7 }, (_, i) => `LK-${i}`);
    for (const [i, number] of numbers.entries())
      await turn({ ticket: { ...worded('the same words', number, number), openedAt: i } }, number);
    await turn({ ticket: worded('others', 'o', 'LK-O') }, 'o');
    const found: string[] = [];
    for (;;) {
      const page = await store.tickets.search('same wor', { after: found.at(-1), limit: 3 });
      found.push(...page.map(({ ticket }) => ticket.number));
      if (page.length < 3) break;
    }
    assert.deepEqual(found, numbers.toReversed());
  });

  it('goes by what a ticket holds now, and by nothing of one that is gone', async () => {
    const { db, store, turn } = await opened();
    await turn({ ticket: worded('walrus') });
    await turn({ amendedTicket: worded('heron') });
    assert.deepEqual([await find(store, 'walrus'), await find(store, 'heron')], [[], ['LK-1']]);
    await store.open({ id: 'theirs', ...talk, subject: verified });
    await turn({ ticket: { ...ticketOfSomeone('LK-2'), conversationId: 'theirs' } }, 'theirs');
    assert.deepEqual(await find(store, 'Ada Example'), ['LK-2']);
    await store.persons.erase(verified);
    assert.deepEqual(await find(store, 'Ada Example'), []);
    if (kind === 'SQLite') await sql`insert into ticket_index (ticket_index) values ('integrity-check')`.execute(db);
  });

  it('finds the other tickets of a person, and of a conversation', async () => {
    const { store, turn } = await opened();
    await turn({ ticket: { ...ticketOfSomeone('LK-1'), conversationId: 'a', openedAt: 1 } }, 'a');
    await turn({ ticket: { ...ticketOfSomeone('LK-2'), conversationId: 'b', openedAt: 2 } }, 'b');
    await turn({ ticket: { ...ticketNumbered('LK-3', 'a'), openedAt: 3 } }, 'a');
    await turn({ ticket: { ...ticketOfSomeone('LK-4', { userId: 'user_8' }), conversationId: 'c' } }, 'c');
    const besides = async (number: string, limit = 9) => {
      const { ticket } = (await store.tickets.find(number)) ?? assert.fail();
      return (await store.tickets.besides(ticket, limit)).map((one) => one.ticket.number);
    };
    assert.deepEqual([await besides('LK-1'), await besides('LK-1', 1)], [['LK-3', 'LK-2'], ['LK-3']]);
    assert.deepEqual([await besides('LK-3'), await besides('LK-4')], [['LK-1'], []]);
  });
});
