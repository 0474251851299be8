import { commandNames } from '../../src/knowledge/reply-lines.ts';
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { conversations } from '../../dialogs/index.ts';
import { intents } from '../../dialogs/intents.ts';
import type { Services } from '../../dialogs/services.ts';
import { content } from '../support/fakes.ts';

const root = join(import.meta.dirname, '../..');
const ids = conversations({} as Services).map(({ id }) => id);
const dialogFiles = readdirSync(join(root, 'dialogs'));
const textOf = (file: string) => readFileSync(join(root, 'dialogs', file), 'utf8');

describe('the intents', () => {
  const found = readdirSync(join(root, 'content/intents'), { withFileTypes: true });

  it('are the files and folders of content/intents', () => {
    assert.deepEqual(found.map(({ name }) => name.replace('.yaml', '')).sort(), Object.keys(intents).sort());
  });

  for (const [slug, kinds] of Object.entries(intents))
    if (kinds.length > 0)
      it(`have utterances for no kind of ${slug} but its own`, () => {
        const files = readdirSync(join(root, 'content/intents', slug)).map((file) => file.replace('.yaml', ''));
        assert.deepEqual(
          files.filter((file) => !kinds.includes(file)),
          [],
        );
      });

  it('are the loaded ones', () => {
    assert.deepEqual([...new Set(content.intents.map(({ slug }) => slug))].sort(), Object.keys(intents).sort());
  });
});

const commands: readonly string[] = commandNames;

describe('every conversation', () => {
  for (const id of ids)
    it(`has a file of its name: ${id}`, () => {
      assert.ok(dialogFiles.includes(`${id}.ts`));
    });

  for (const id of ids)
    it(`has an intent of its name or is begun by another: ${id}`, () => {
      const begun = dialogFiles
        .filter((file) => file.endsWith('.ts') && file !== `${id}.ts`)
        .some((file) => new RegExp(`begin(\\(dc, |: )'${id}'`).test(textOf(file)));
      assert.ok(id in intents || commands.includes(id) || begun);
    });

  it('is in the list once, and each file that makes one is in it', () => {
    assert.deepEqual([...new Set(ids)], ids);
    const made = dialogFiles.filter((file) => /new StepsDialog[<(]/.test(textOf(file)));
    assert.deepEqual(made.map((file) => file.replace('.ts', '')).sort(), ids.toSorted());
  });

  it('can be asked for, or follows from what can be', () => {
    assert.deepEqual(
      ids.filter((id) => !(id in intents) && !commands.includes(id)),
      ['read-steps', 'rate-answer', 'ask-solved', 'withdraw-ticket'],
    );
  });
});
