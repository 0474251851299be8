import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

describe('SECURITY.md', () => {
  const threats = [...read('SECURITY.md').matchAll(/^\| ([^|]+) \| [^|]+ \| `(test\/[^`]+)`: (.+) \|$/gm)];

  it('names a test for every threat', () => {
    const rows = read('SECURITY.md').match(/^\| (?!-|Threat)/gm) ?? [];
    assert.ok(rows.length > 20, String(rows.length));
    assert.equal(threats.length, rows.length);
  });

  for (const [, threat = '', file = '', title = ''] of threats)
    it(`names a test that there is: ${threat}`, () => {
      assert.ok(existsSync(join(root, file)), file);
      assert.ok(read(file).includes(title), `${file} has no “${title}”`);
    });
});

describe('docs/data.md', () => {
  const schema = read('src/store/schema.ts');
  const from = schema.indexOf('export interface Schema {');
  const tables = [...schema.slice(from).matchAll(/^ {2}(\w+): \{/gm)].map(([, name = '']) => name);

  it('tells of every table what is in it', () => {
    const told = [...read('docs/data.md').matchAll(/^\| `(\w+)` \| \S/gm)].map(([, name = '']) => name);
    assert.ok(tables.length > 15, String(tables.length));
    assert.deepEqual(told.filter((name) => !/^[A-Z]/.test(name)).toSorted(), tables.toSorted());
  });
});
