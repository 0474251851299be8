import fc from 'fast-check';

type Json = Record<string, unknown>;
type Path = readonly string[];

/** The value at a path of own members; undefined where there is none. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((node, key) => (isJson(node) && Object.hasOwn(node, key) ? node[key] : undefined), root);
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

/** Every path in a value: the leaves, and what holds them. */
export function pathsIn(value: unknown, path: Path = []): Path[] {
  const below = isJson(value) ? Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key])) : [];
  return path.length > 0 ? [path, ...below] : below;
}

/** Changes the value at a path, where there is still one; `undefined` deletes it. */
function change(root: Json, path: Path, to: (value: unknown) => unknown): void {
  const [parent, key = ''] = [valueAt({ root }, ['root', ...path.slice(0, -1)]), path.at(-1)];
  if (!isJson(parent) || !Object.hasOwn(parent, key)) return;
  // A clone: what is put here may stand elsewhere too, also in the answer that all mutants are made of.
  const value = structuredClone(to(parent[key]));
  if (value !== undefined) parent[key] = value;
  else if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else Reflect.deleteProperty(parent, key);
}

/** An object with one own member of any name, `__proto__` too. */
function own(key: string, value: unknown): Json {
  return Object.defineProperty({}, key, { value, enumerable: true, configurable: true, writable: true });
}

const odd: readonly unknown[] = [
  ...[null, '', ' ', 0, -0, -1, 0.5, 1e308, 5e-324, 86_401, true, false, [], {}, [null], [[]], [{}], 'null', '[]'],
  ...['expired', 'quota', 'rate', 'credit', 'suspended', 'ACTIVE', 'active ', 'x'.repeat(201), 'é'.repeat(200), '\0'],
  ...['2026-13-45T00:00:00Z', '2026-02-30T00:00:00Z', '2026-12-01', '2026-12-01T00:00:00', '1e3', '500000', 'Infinity'],
  ...['2026-12-01T00:00:00+01:00', '2026-12-01T24:00:00Z', '9999-12-31T23:59:59Z', '0000-01-01T00:00:00Z', 'Tue'],
];
const lengthy: readonly unknown[] = [
  { length: { toString: 'no function' } },
  { length: 5 },
  { length: null, valueOf: 1 },
];
const evilKeys = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'length', '', '0'];

const deep = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

/** Something that may be repeated a thousand times. */
const short = (value: unknown): unknown =>
  ((JSON.stringify(value) as string | undefined)?.length ?? 0) < 100 ? (value ?? null) : null;

/** What may happen to one value, given all values of the answer. */
function changes(everything: readonly unknown[]): fc.Arbitrary<(value: unknown) => unknown> {
  const anything = fc.oneof(
    fc.constantFrom(...odd, ...lengthy),
    fc.constantFrom(...everything),
    fc.jsonValue({ maxDepth: 3 }),
  );
  const put = anything.map((value) => () => value);
  const retype = fc.constantFrom<(value: unknown) => unknown>(
    (value) => (isJson(value) ? null : String(value)),
    (value) => (isJson(value) ? 1 : Number(value)),
    Boolean,
    (value) => JSON.stringify(short(value)),
    (value) => (isJson(value) ? Object.values(value) : [value]),
    (value) => (Array.isArray(value) ? Object.fromEntries(value.entries()) : { value }),
    (value) => (typeof value === 'number' ? -value : null),
  );
  const nest = fc.constantFrom('value', 'id', ...evilKeys).map((key) => (value: unknown) => own(key, value));
  const huge = fc.constantFrom<(value: unknown) => unknown>(
    (value) => Array<unknown>(1_001).fill(short(value)),
    (value) =>
      Array.isArray(value) ? Array<unknown>(600).fill(short(value[0])) : JSON.stringify(short(value)).repeat(300),
    (value) => (typeof value === 'number' ? value * 1e300 : deep(500)),
  );
  const again = (value: unknown) => (Array.isArray(value) ? [...(value as unknown[]), ...(value as unknown[])] : value);
  const more = anything.map(
    (value) => (list: unknown) => (Array.isArray(list) ? [...(list as unknown[]), value] : value),
  );
  const rename = fc.record({ from: fc.nat(8), to: fc.constantFrom('Id', 'STATUS', 'name', ...evilKeys) }).map(
    ({ from, to }) =>
      (value: unknown) =>
        renamed(value, from, to),
  );
  return fc.oneof(
    { weight: 4, arbitrary: put },
    { weight: 2, arbitrary: fc.constant(() => undefined) },
    ...[retype, nest, rename, more, fc.constant(again)],
    { weight: 1, arbitrary: huge },
  );
}

/** The same object with one member under another name. */
function renamed(value: unknown, nth: number, to: string): unknown {
  if (!isJson(value) || Array.isArray(value)) return value;
  const names = Object.keys(value);
  return names.reduce<Json>((built, name, i) => {
    const key = i === nth % names.length ? to : name;
    return Object.defineProperty(built, key, {
      value: value[name],
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }, {});
}

/** Valid JSON that was made from a valid answer: swapped, deleted, retyped, nested, huge, with keys of prototypes. */
export function mutantsOf(valid: object): fc.Arbitrary<Json> {
  const paths = pathsIn(valid);
  const path = fc.constantFrom(...paths);
  const one = fc.record({ path, to: changes(paths.map((each) => valueAt(valid, each))) });
  const swap = fc.record({ path, with: path });
  return fc
    .array(fc.oneof({ weight: 5, arbitrary: one }, { weight: 1, arbitrary: swap }), { minLength: 1, maxLength: 4 })
    .map((steps) => {
      const root = structuredClone(valid) as Json;
      for (const step of steps) {
        if ('to' in step) change(root, step.path, step.to);
        else exchange(root, step.path, step.with);
      }
      return JSON.parse(JSON.stringify(root)) as Json;
    });
}

function exchange(root: Json, one: Path, other: Path): void {
  const [first, second] = [one, other].map((path) => valueAt(root, path));
  change(root, one, () => second);
  change(root, other, () => first);
}

/** The same as a text that may be no JSON at all, or tell a number that no computer holds. */
export function mutantTextsOf(valid: object): fc.Arbitrary<string> {
  const text = mutantsOf(valid).map((mutant) => JSON.stringify(mutant));
  const cut = fc.tuple(text, fc.nat(1_500)).map(([all, length]) => all.slice(0, length));
  const typo = fc
    .tuple(text, fc.nat(1_500), fc.constantFrom(...Array.from('{}[]",:0159-.eE+ntf\\\u0000é')))
    .map(([all, at, char]) => all.slice(0, at) + char + all.slice(at + 1));
  const number = fc
    .tuple(text, fc.constantFrom('1e999', '-1e999', '-0', '1E5', '0.1e1', '9007199254740993', '00', 'NaN'))
    .map(([all, value]) => all.replace(/:\d+(\.\d+)?/, `:${value}`));
  const twice = fc
    .tuple(text, text)
    .map(([all, more]) => `${all.slice(0, -1)}${all.length > 2 && more.length > 2 ? ',' : ''}${more.slice(1)}`);
  return fc.oneof({ weight: 8, arbitrary: text }, cut, typo, number, twice);
}
