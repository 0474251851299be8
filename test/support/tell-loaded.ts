import { registerHooks } from 'node:module';

/** Loaded before the product: when that says where its health is, tells what was loaded until then, and ends it. */
const loaded = new Set<string>();
registerHooks({
  load(url, context, next) {
    loaded.add(nameOf(url));
    return next(url, context);
  },
});

const { log } = console;
console.log = (line: unknown) => {
  log(line);
  if (!String(line).startsWith('health ')) return;
  for (const name of builtIn()) loaded.add(name);
  log(`loaded ${JSON.stringify([...loaded])}`);
  process.exit();
};

/** A package by its name, a file of ours by its path. */
function nameOf(url: string): string {
  const name = [...url.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)/g)].at(-1)?.[1];
  return name ?? /\/((?:src|dialogs)\/.+)$/.exec(url)?.[1] ?? url;
}

/** Parts of Node itself that are large; it has no other way to tell. */
function builtIn(): string[] {
  const { moduleLoadList } = process as unknown as { moduleLoadList: readonly string[] };
  return moduleLoadList.map((name) => name.replace(/^NativeModule /, 'node:'));
}
