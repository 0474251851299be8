import assert from 'node:assert/strict';
import fc from 'fast-check';
import { emptyMemory, readState, stateVersion, storedState, type State } from '../../dialogs/memory.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { content } from '../support/fakes.ts';
import { anySnapshot } from '../diagnosis/snapshots.ts';
import { createWorld } from '../support/world.ts';
import { say, storedState as stored } from './state.ts';

const { catalog } = content;
const features = fc.option(fc.constantFrom(...catalog.features), { nil: null });

describe('the stored state of a conversation', () => {
  it('is read back as it was, whatever the account and the verdict were, today’s form and the one before', () =>
    fc.assert(
      fc.property(anySnapshot, features, (snapshot, feature) => {
        const verdict = diagnose(snapshot, { feature, catalog });
        const state: State = { v: stateVersion, stack: [], memory: { ...emptyMemory(), snapshot, verdict } };
        for (const form of [storedState(state), state])
          assert.deepEqual(readState(JSON.stringify(form)), JSON.parse(JSON.stringify(state)));
      }),
      { numRuns: 300 },
    ));

  it('fits a page of the database, with the account, the verdict and a ticket in it', async () => {
    const world = await createWorld('over-limit');
    await world.begin();
    await say(world, 'I get access denied when I try to export');
    await say(world, 'done');
    await say(world, 'talk to a human');
    const { bytes } = await stored(world);
    await world.close();
    assert.ok(bytes < 3_500, `${bytes} bytes`);
  });
});
