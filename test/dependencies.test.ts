import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

interface Package {
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly resolved?: string;
}
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Readonly<Record<string, Package>> };
const shipped = Object.entries(packages).filter(([path, { dev }]) => path !== '' && !dev);
const nameOf = (path: string) => path.split('node_modules/').at(-1) ?? '';

const page = read('docs/dependencies.md');
const [, allowed = ''] = /^Allowed without a word: (.+?)\. /m.exec(page) ?? [];

describe('the packages that are shipped', () => {
  it('have licences that docs/dependencies.md allows, or tells of one by one', () => {
    const others = shipped.filter(([, { license = '' }]) => !allowed.split(', ').includes(license));
    const rows = page.matchAll(/^\| `([^`]+)` \| (?:nothing|[A-Z]\S+ or \S+|Unlicense|\S+ AND |LGPL)/gm);
    const told = [...rows].map(([, name = '']) => name);
    const names = others.map(([path]) => nameOf(path));
    // Those that are one for each platform are told of once.
    const tells = (row: string, name: string) => new RegExp(`^${row.replaceAll('*', '.*')}$`).test(name);
    const [untold, unused] = [
      names.filter((name) => !told.some((row) => tells(row, name))),
      told.filter((row) => !names.some((name) => tells(row, name))),
    ];
    assert.deepEqual([untold, unused], [[], []]);
  });

  it('are pinned, and name no registry', () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read('package.json')) as Readonly<
      Record<string, Readonly<Record<string, string>>>
    >;
    const all = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
    assert.deepEqual(
      all.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)),
      [],
    );
    assert.deepEqual(
      Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined),
      [],
    );
    assert.match(read('.npmrc'), /^ignore-scripts=true$/m);
  });
});
