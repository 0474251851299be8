import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentContract } from '../dialogs/content-contract.ts';
import { contentFolder } from '../src/config.ts';
import { checkContent } from '../src/knowledge/check.ts';
import { readLayers } from '../src/knowledge/layers.ts';
import { loadContent } from '../src/knowledge/load.ts';
import type { StoredReply } from '../src/domain/ports.ts';
import { drawnInEveryChannel } from './channels/drawn-talks.ts';
import { observe } from './support/chat.ts';

const folder = join(import.meta.dirname, 'conversations');
const update = process.env.UPDATE === '1';

describe('conversations', () => {
  const said: StoredReply[] = [];
  before('the content is fine', () => {
    const ours = readLayers([contentFolder]);
    const problems = checkContent(ours, loadContent(ours), contentContract);
    assert.deepEqual(problems, [], 'no talk is told while words are missing');
  });

  for (const file of readdirSync(folder).sort())
    it(file.replace('.chat', '').replaceAll('-', ' '), async () => {
      const path = join(folder, file);
      const expected = readFileSync(path, 'utf8');
      const observed = await observe(expected, (one) => {
        if (one.type === 'reply') said.push(one);
      });
      if (update) writeFileSync(path, observed);
      else assert.equal(observed, expected);
    });

  describe('in every channel', () => drawnInEveryChannel(said));
});
