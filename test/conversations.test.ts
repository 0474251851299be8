import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { observe } from './support/chat.ts';

const folder = join(import.meta.dirname, 'conversations');
const update = process.env.UPDATE === '1';

describe('conversations', () => {
  for (const file of readdirSync(folder).sort())
    it(file.replace('.chat', '').replaceAll('-', ' '), async () => {
      const path = join(folder, file);
      const expected = readFileSync(path, 'utf8');
      const observed = await observe(expected);
      if (update) writeFileSync(path, observed);
      else assert.equal(observed, expected);
    });
});
