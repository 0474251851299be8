import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AuditEntry } from '../../src/domain/audit.ts';
import { codeOf } from '../../src/domain/errors.ts';
import { createAudit } from '../../src/store/audit.ts';
import { openInMemory } from '../support/in-memory.ts';
import { onEachStore } from '../support/databases.ts';
import { fakeClock } from '../support/fakes.ts';

const ada = { id: 'idp|ada', name: 'Ada' };
const entry = (id: string, ticket: string | null = null) =>
  ({ id, by: ada, action: 'claim', ticket, detail: null }) as const;

async function empty() {
  const [db, clock] = [await openInMemory(), fakeClock()];
  return { db, clock, audit: createAudit(db, clock) };
}

onEachStore('the stored audit log', () => {
  it('tells who did what, when', async () => {
    const { clock, audit } = await empty();
    await audit.add({ id: 'a1', by: ada, action: 'close', ticket: 'LK-1', detail: 'solved' });
    const [told] = await audit.newest(10);
    assert.deepEqual(told, { id: 'a1', at: clock.now(), by: ada, action: 'close', ticket: 'LK-1', detail: 'solved' });
  });

  it('of a ticket is told from the beginning, without those of others', async () => {
    const { clock, audit } = await empty();
    for (const [id, ticket] of [
      ['c', 'LK-1'],
      ['b', 'LK-2'],
      ['a', 'LK-1'],
      ['d', null],
    ] as const) {
      await audit.add(entry(id, ticket));
      clock.forward(1);
    }
    assert.deepEqual(
      (await audit.ofTicket('LK-1')).map(({ id }) => id),
      ['c', 'a'],
    );
    assert.deepEqual(await audit.ofTicket('LK-3'), []);
  });

  it('page by page is the whole log once, the newest first, however many happened at the same time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(2), { maxLength: 30 }), fc.integer({ min: 1, max: 7 }), async (pauses, size) => {
        const { db, clock, audit } = await empty();
        for (const [i, pause] of pauses.entries()) {
          await audit.add(entry(`id.${(i * 7919) % 31}-${i}`));
          clock.forward(pause);
        }
        const read: AuditEntry[] = [];
        for (let last: AuditEntry | undefined; read.length <= pauses.length;) {
          const page = await audit.newest(size, last && `${last.at}.${last.id}`);
          read.push(...page);
          last = page.at(-1);
          if (!last) break;
        }
        await db.destroy();
        assert.equal(new Set(read.map(({ id }) => id)).size, pauses.length);
        assert.equal(read.length, pauses.length);
        assert.ok(read.every(({ at }, i) => at <= (read[i - 1]?.at ?? Infinity)));
      }),
      { numRuns: 25 },
    );
  });

  it('keeps what it has: an id that was used cannot be used for something else', async () => {
    const { audit } = await empty();
    await audit.add(entry('a1', 'LK-1'));
    await assert.rejects(audit.add(entry('a1', 'LK-2')), /UNIQUE/);
    assert.deepEqual(
      (await audit.newest(10)).map(({ ticket }) => ticket),
      ['LK-1'],
    );
  });

  for (const cursor of ['', '.', 'x.a', '12', '12.', '-1.a', '1e3.a', `${'9'.repeat(16)}.a`, `1.${'a'.repeat(201)}`])
    it(`a cursor "${cursor.slice(0, 20)}" is refused`, async () => {
      const { audit } = await empty();
      await assert.rejects(audit.newest(10, cursor), (error) => codeOf(error) === 'message-invalid');
    });
});
