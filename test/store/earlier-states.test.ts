import assert from 'node:assert/strict';
import { readState } from '../../dialogs/memory.ts';
import { wholeSnapshot, type Snapshot } from '../../src/domain/snapshot.ts';
import { say, waiting } from '../dialogs/state.ts';
import { content, fakeClock } from '../support/fakes.ts';
import { storeOver } from '../support/store.ts';
import { createWorld } from '../support/world.ts';
import { memoryThen, openEarlier, putTalk, stateThen, waitingThen } from './earlier.ts';

/** The state that a conversation with this one has after the migrations. */
async function migrated(state: string | null): Promise<string | null> {
  const db = await openEarlier();
  await putTalk(db, 'talk', [], { state });
  const store = await storeOver(db, fakeClock());
  const loaded = await store.load('talk');
  await store.close();
  assert.equal(loaded?.version, 3);
  return loaded.state;
}

const denied = { feature: 'export', again: false, known: false, checks: 0, asked: 1 };
const looked = { feature: denied.feature, again: denied.again, known: denied.known, asked: denied.asked };
/** What a place knows besides since then. */
const now = ({ id, state }: ReturnType<typeof waitingThen>) => ({ id, state: { ...state, asked: null } });
const unlooked = { ...memoryThen, complaint: null, snapshot: null, verdict: null, steps: [], outcome: null };
const { lines } = content.replies;

describe('the state that an earlier version stored', () => {
  it('is remembered whole, in the words of now', async () => {
    const stack = [waitingThen('access-denied', 'react', denied, 'finish'), waitingThen('rate-answer', 'hearWhy', {})];
    const { episode, verdict, snapshot, ...rest } = memoryThen;
    const same = { ...rest, outcome: 'answered' };
    const { elsewhere, ...facts } = snapshot;
    const [lead, warning] = verdict.findings.map(({ as, ...finding }) => ({ ...finding, variant: as }));
    assert.deepEqual(readState(await migrated(stateThen(stack))), {
      v: 5,
      stack: [
        now(
          waitingThen('access-denied', 'react', { ...looked, unsure: false, works: false, objects: false }, 'finish'),
        ),
        now(waitingThen('rate-answer', 'takeReason', { steps: [] })),
      ],
      memory: {
        ...same,
        ...{
          asked: null,
          lastTicket: 'LK-1',
          articles: [],
          read: [],
          rated: null,
          topic: null,
          contact: null,
          zone: null,
          contradictions: [],
        },
        ...{
          unconfirmed: false,
          looks: 0,
          objections: 0,
          happened: [],
          blocked: null,
          complaint: { ...same.complaint, features: [], otherPerson: null },
        },
        tickets: same.tickets.map((one) => ({ ...one, complaintNumber: episode })),
        complaintNumber: episode,
        verdict: { feature: 'export', findings: [lead, warning], primary: lead },
        snapshot: wholeSnapshot({ ...facts, otherAccountFeatures: elsewhere } as unknown as Snapshot),
      },
    });
  });

  it('is remembered where nothing was proved, or looked at', async () => {
    const { verdict, ...rest } = memoryThen;
    const unproved = readState(await migrated(stateThen([], { ...rest, verdict: { ...verdict, lead: null } })));
    assert.equal(unproved?.memory.verdict?.primary, null);
    const { memory } = readState(await migrated(stateThen([], unlooked))) ?? assert.fail();
    assert.deepEqual([memory.verdict, memory.snapshot, memory.complaintNumber], [null, null, 2]);
  });

  it('stays as it is where there is none, or it is of a version before that', async () => {
    const older = JSON.stringify({ v: 2, stack: [], memory: { episode: 1 } });
    assert.deepEqual([await migrated(null), await migrated(older)], [null, older]);
    assert.equal(readState(older), null);
  });

  const ways: Readonly<
    Record<string, readonly [stack: readonly object[], memory: object, words: string, says: RegExp, waits: string]>
  > = {
    'at a question whether it is a complaint': [
      [waitingThen('access-denied', 'hearWhether', denied)],
      { ...unlooked, complaint: memoryThen.complaint },
      ...(['Yes', /monthly limit/, 'access-denied/react'] as const),
    ],
    'at a question for the feature': [
      [waitingThen('access-denied', 'hearFeature', { ...denied, feature: null })],
      { ...unlooked, complaint: { ...memoryThen.complaint, feature: null } },
      ...(['Export', /monthly limit/, 'access-denied/react'] as const),
    ],
    'after a verdict': [
      [waitingThen('access-denied', 'react', denied)],
      memoryThen,
      ...(['Check again', /still blocked[^]*past due → active/, 'access-denied/react'] as const),
    ],
    'at a rating of the verdict': [
      [waitingThen('access-denied', 'react', denied, 'finish'), waitingThen('rate-answer', 'hear', { article: null })],
      memoryThen,
      ...(['No', exactly(lines['feedback-thanks']), 'rate-answer/takeReason'] as const),
    ],
    'at a question for the reason of a no': [
      [
        waitingThen('access-denied', 'react', denied, 'finish'),
        waitingThen('rate-answer', 'hearWhy', { article: null }),
      ],
      memoryThen,
      ...(['They are wrong', /^Your ticket number is/, 'hand-off/takeAnswer'] as const),
    ],
    'at a question for the problem': [
      [waitingThen('hand-off', 'hearProblem', { open: [] })],
      { ...unlooked, snapshot: memoryThen.snapshot, verdict: memoryThen.verdict },
      ...(['My colleague sees nothing', /^Your ticket number is/, 'hand-off/takeAnswer'] as const),
    ],
    'at a question of the hand-off': [
      [waitingThen('hand-off', 'hearAnswer', { open: ['ask-changes', 'ask-limits'] })],
      memoryThen,
      ...(['We have a new plan', /^Your ticket number is/, 'hand-off/takeAnswer'] as const),
    ],
    'at a question whether it is solved': [
      [waitingThen('ask-solved', 'hear', { ticket: 'LK-1', by: 'Lena', atDesk: false })],
      memoryThen,
      ...(['Yes', exactly(lines['ticket-solved']), 'nothing'] as const),
    ],
    'at nothing': [[], memoryThen, 'what can you do', exactly(lines['what-i-do']), 'nothing'],
  };
  for (const [where, [stack, memory, words, says, waits]] of Object.entries(ways))
    it(`goes on where it waited: ${where}`, async () => {
      const state = await migrated(stateThen(stack, memory));
      const world = await createWorld('over-limit');
      try {
        await world.begin();
        await world.db.updateTable('conversations').set({ state }).execute();
        const texts = await say(world, words);
        assert.match(texts[0] ?? '', says);
        assert.equal(await waiting(world), waits);
        const { memory: after } = readState((await world.store.load(world.id))?.state ?? null) ?? assert.fail();
        assert.equal(after.complaintNumber, 2);
      } finally {
        await world.close();
      }
    });
});

/** Just this line. */
function exactly(line = ''): RegExp {
  return new RegExp(`^${RegExp.escape(line)}$`);
}
