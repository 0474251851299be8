import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import fc from 'fast-check';
import ts from 'typescript';
import { codeOf } from '../../src/domain/errors.ts';
import { createWebFiles } from '../../src/http/files.ts';
import { rounds } from '../support/rounds.ts';

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

  it('has one name for each file, whatever is asked for: what strangers ask for is not kept', () => {
    const piece = fc.constantFrom('widget', 'widget.css', 'main.js', 'main.ts', 'x', '..', '.', '/', '\\', '\0', '%2F');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const name = pieces.join('');
        if (['widget/widget.css', 'widget/main.js'].includes(name)) return;
        assert.throws(
          () => files.answer(name, undefined),
          (error) => codeOf(error) === 'not-found',
          name,
        );
      }),
      { examples: [[['x', '/', '..', '/', 'widget', '/', 'widget.css']]], numRuns: rounds(2_000) },
    );
  });
});
