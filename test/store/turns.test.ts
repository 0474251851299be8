import assert from 'node:assert/strict';
import type { TurnEffects } from '../../src/domain/ports.ts';
import { codeOf } from '../../src/domain/errors.ts';
import { fillDisk, onEachStore } from '../support/databases.ts';
import { effectsOf, nextEffects } from '../support/effects.ts';
import { storeOver } from '../support/store.ts';
import { createWorld, type World } from '../support/world.ts';

const tables = ['conversations', 'activities', 'tickets', 'outbox', 'work', 'feedback', 'outcomes', 'shown'] as const;

/** Everything that is stored, as text. */
async function everything({ db }: World): Promise<string> {
  const rows = tables.map((table) => db.selectFrom(table).selectAll().execute());
  return JSON.stringify(await Promise.all(rows));
}

const count = async ({ db }: World, table: (typeof tables)[number]) =>
  (await db.selectFrom(table).selectAll().execute()).length;

/** A message that another process took in: the turns of this one do not hear of it. */
async function takenElsewhere({ db, clock, id }: World, clientId: string, text: string) {
  const elsewhere = await storeOver(db, clock);
  return elsewhere.receive(id, { clientId, author: 'dl_customer', activity: { type: 'message', text } });
}

onEachStore('a turn is stored whole or not at all', () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld('over-limit');
    await world.begin();
    await world.write('I get access denied when I try to export');
  });
  afterEach(() => world.close());

  const failing: readonly (readonly [string, string])[] = [
    ['the state', 'update on conversations'],
    ['a reply', 'insert on activities'],
    ['the mark that it is answered', 'update on activities'],
    ['the ticket', 'insert on tickets'],
    ['the delivery of the ticket', 'insert on outbox'],
    ['its place in the queue', 'insert on work'],
    ['the outcome', 'update on outcomes'],
  ];
  for (const [what, event] of failing)
    it(`when ${what} cannot be stored, nothing of it is; later all of it, once`, async () => {
      await takenElsewhere(world, 'client:ask', 'Talk to a person');
      const before = await everything(world);
      const makeRoom = await fillDisk(world.db, event);
      await world.turns.answer(world.id);
      assert.ok(world.log.lines.some(({ message }) => message === 'a turn was not stored'));
      assert.equal(await everything(world), before);
      await makeRoom();
      await world.turns.recover();
      assert.equal(await world.store.nextPending(world.id), null);
      assert.deepEqual([await count(world, 'tickets'), await count(world, 'outbox')], [1, 1]);
    });

  it('a message that cannot be stored is not acknowledged, and leaves nothing behind', async () => {
    const before = await everything(world);
    await fillDisk(world.db, 'insert on activities');
    await assert.rejects(takenElsewhere(world, 'client:ask', 'hello'), /disk full/);
    assert.equal(await everything(world), before);
  });

  it('a turn that fails three times ends with an apology, and the talk goes on', async () => {
    await takenElsewhere(world, 'client:ask', 'Talk to a person');
    await fillDisk(world.db, 'insert on tickets');
    for (let i = 0; i < 4; i += 1) await world.turns.recover();
    assert.equal(await world.store.nextPending(world.id), null);
    const last = (await world.store.activitiesAfter(world.id, 0, 100)).at(-1);
    assert.match(last?.type === 'reply' ? last.reply.text : '', /went wrong on our side/);
  });

  const effects = (differs: Partial<TurnEffects>): TurnEffects => {
    const first = { type: 'event', name: 'opened', seq: 1, author: 'dl_customer', attempts: 0 } as const;
    const answers = { ...first, at: world.clock.now() };
    return effectsOf({ conversationId: world.id, version: 0, answers, ...differs });
  };

  it('keeps the latest outcome of a complaint, a weaker one too, with the time of its last turn', async () => {
    for (const outcome of ['confirmed', 'answered', 'unsolved'] as const) {
      world.clock.forward(1_000);
      await takenElsewhere(world, `client:${outcome}`, 'and now?');
      await world.store.commit(
        await nextEffects(world.store, world.id, { outcome: { complaintNumber: 0, outcome, cause: null } }),
      );
      const rows = await world.db.selectFrom('outcomes').select(['outcome', 'at']).execute();
      assert.deepEqual(
        rows.map((row) => ({ ...row })),
        [{ outcome, at: world.clock.now() }],
      );
    }
  });

  it('a turn over a state that moved on is refused', async () => {
    const before = await everything(world);
    const { stored } = await takenElsewhere(world, 'client:late', 'late');
    const answers = { ...stored, attempts: 0 };
    await assert.rejects(world.store.commit(effects({ answers })), (error) => codeOf(error) === 'conversation-busy');
    assert.ok((await everything(world)).length > before.length, 'the message is kept');
  });

  it('a turn whose message another turn answered is refused', async () => {
    const { version = 0 } = (await world.store.load(world.id)) ?? {};
    const before = await everything(world);
    await assert.rejects(
      world.store.commit(effects({ version, replies: [{ kind: 'text', text: 'again', actions: [] }] })),
      (error) => codeOf(error) === 'conversation-busy',
    );
    assert.equal(await everything(world), before);
  });
});
