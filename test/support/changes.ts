import fc from 'fast-check';

type Node = Record<string, unknown>;

const odd = [
  null,
  '',
  0,
  -1,
  1e308,
  true,
  [],
  {},
  [null],
  'canceled',
  '2026-13-45T00:00:00Z',
  'x'.repeat(501),
  '__proto__',
];

/** A JSON value with one to three of its parts changed: other values, values from elsewhere in it, or left out. */
export function changed<T extends object>(valid: T): fc.Arbitrary<T> {
  const paths = pathsIn(valid);
  const values = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(...odd),
    fc.constantFrom(...paths.map((path) => at(valid, path))),
  );
  const path = fc.constantFrom(...paths);
  const change = fc.oneof({ weight: 4, arbitrary: fc.record({ path, value: values }) }, fc.record({ path }));
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const whole = structuredClone(valid);
    for (const one of changes) put(whole, one.path, 'value' in one ? structuredClone(one.value) : undefined);
    return JSON.parse(JSON.stringify(whole)) as T;
  });
}

function pathsIn(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  const below = Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]));
  return path.length > 0 ? [[...path], ...below] : below;
}

function at(root: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((node, key) => (node as Node | null | undefined)?.[key], root);
}

function put(root: object, path: readonly string[], value: unknown): void {
  const parent = at(root, path.slice(0, -1));
  if (typeof parent === 'object' && parent !== null) (parent as Node)[path.at(-1) ?? ''] = value;
}
