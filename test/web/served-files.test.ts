import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { createWebFiles } from '../../src/http/files.ts';

const scripts = readdirSync(join(import.meta.dirname, '../../src/web'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replaceAll('\\', '/').replace(/\.ts$/, '.js'));

describe('what browsers are served', () => {
  const files = createWebFiles();

  it('imports nothing but what they are served, too', () => {
    assert.ok(scripts.length > 50);
    const wrong = scripts.flatMap((script) => {
      const { importedFiles } = ts.preProcessFile(String(files.answer(script, undefined).body));
      return importedFiles
        .map(({ fileName }) => posix.join(posix.dirname(script), fileName))
        .filter((imported) => !scripts.includes(imported))
        .map((imported) => `${script} imports ${imported}`);
    });
    assert.deepEqual(wrong, []);
  });
});
