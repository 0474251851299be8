import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createHub } from '../../../src/channels/direct-line/hub.ts';
import { SupportError } from '../../../src/domain/errors.ts';
import { createEvents, type Events } from '../../../src/domain/events.ts';
import type { StoredActivity } from '../../../src/domain/ports.ts';
import { replies, storedAs } from '../replies.ts';

const message = (seq: number): StoredActivity => storedAs(replies.text, seq);
const lastSeqs = () => Promise.resolve(new Map<string, number>());
const seqOf = (one: { id: string }) => Number(one.id.split('|')[1]);

describe('the hub', () => {
  it('sends each activity once and in order, however slowly the store answers', () =>
    fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 8 }), async (s, turns) => {
        const stored: StoredActivity[] = [];
        const events = createEvents();
        const activitiesAfter = (_: string, seq: number, limit: number) =>
          s.schedule(Promise.resolve(stored.filter((one) => one.seq > seq).slice(0, limit)));
        const hub = createHub({ activitiesAfter, lastSeqs }, events);
        const got: number[] = [];
        const send = (frame: string) =>
          void got.push(...(JSON.parse(frame) as { activities: { id: string }[] }).activities.map(seqOf));
        const steps = turns.map((count) => async () => {
          const said = Array.from({ length: count }, (_, i) => message(stored.length + 1 + i));
          stored.push(...said);
          events.emit('activities-stored', 'talk', said);
          return Promise.resolve();
        });
        const opens = { builder: () => Promise.resolve(), label: 'the client connects' };
        hub.listen('talk', 0, { send, close: () => undefined, buffered: 0 });
        s.scheduleSequence([opens, ...steps.map((builder) => ({ builder, label: 'a turn' }))]);
        await s.waitIdle();
        assert.deepEqual(
          got,
          stored.map(({ seq }) => seq),
        );
      }),
      { numRuns: 200 },
    ));

  it('cuts off a reader that is more than a megabyte behind', async () => {
    const activitiesAfter = (_: string, seq: number) => Promise.resolve(seq === 0 ? [message(1)] : []);
    const hub = createHub({ activitiesAfter, lastSeqs }, createEvents());
    await new Promise<void>((resolve) =>
      hub.listen('talk', 0, { send: () => undefined, close: resolve, buffered: 2_000_000 }),
    );
  });

  it('cuts off a client whose activities cannot be read: it resumes by its watermark', async () => {
    const hub = createHub({ activitiesAfter: () => Promise.reject(new Error('disk full')), lastSeqs }, createEvents());
    await new Promise<void>((resolve) => hub.listen('talk', 0, { send: () => undefined, close: resolve, buffered: 0 }));
  });

  it('keeps a client while nothing can be read, and sends what was stored meanwhile when it can be', async () => {
    let isDown = true;
    const activitiesAfter = (_: string, seq: number) =>
      isDown ? Promise.reject(new SupportError('store-unavailable')) : Promise.resolve(seq === 0 ? [message(1)] : []);
    const hub = createHub({ activitiesAfter, lastSeqs: () => Promise.resolve(new Map([['talk', 1]])) }, createEvents());
    const got: string[] = [];
    const close = () => void got.push('closed');
    hub.listen('talk', 0, { send: () => void got.push('sent'), close, buffered: 0 });
    await new Promise((resolve) => setImmediate(resolve));
    isDown = false;
    await hub.look();
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(got, ['sent']);
  });

  const elsewhere: readonly (readonly [string, (events: Events, look: () => Promise<void>) => unknown])[] = [
    ['is told', (events) => events.emit('stored-elsewhere', 'talk')],
    ['looks', (_, look) => look()],
  ];
  for (const [how, hears] of elsewhere)
    it(`sends what another process stored when it ${how}, once`, async () => {
      const stored: StoredActivity[] = [];
      const events = createEvents();
      const activitiesAfter = (_: string, seq: number) => Promise.resolve(stored.filter((one) => one.seq > seq));
      const hub = createHub(
        { activitiesAfter, lastSeqs: () => Promise.resolve(new Map([['talk', stored.length]])) },
        events,
      );
      const got: string[] = [];
      hub.listen('talk', 0, { send: (frame) => void got.push(frame), close: () => undefined, buffered: 0 });
      await new Promise((resolve) => setImmediate(resolve));
      stored.push(message(1), message(2));
      for (let i = 0; i < 3; i += 1) {
        await hears(events, () => hub.look());
        await new Promise((resolve) => setImmediate(resolve));
      }
      assert.equal(got.length, 1);
    });

  it('ends the streams of conversations that are gone, and no others', async () => {
    const events = createEvents();
    const others = (ids: readonly string[]) =>
      Promise.resolve(new Map(ids.filter((id) => id !== 'gone').map((id) => [id, 0])));
    const hub = createHub({ activitiesAfter: () => Promise.resolve([]), lastSeqs: others }, events);
    const closed: string[] = [];
    for (const id of ['here', 'gone', 'there'])
      hub.listen(id, 0, { send: () => undefined, close: () => void closed.push(id), buffered: 0 });
    await hub.look();
    assert.deepEqual(closed, ['gone']);
    events.emit('conversations-gone', ['there', 'of nobody']);
    assert.deepEqual(closed, ['gone', 'there']);
  });
});
