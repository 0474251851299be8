import { registerHooks } from 'node:module';

/** Set for a child process: the file to change as it is loaded, what is in it, and what takes its place. */
const [file, from, to] = JSON.parse(process.env.MUTANT ?? '[]') as [string?, string?, string?];

if (file !== undefined && from !== undefined && to !== undefined)
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      if (!url.endsWith(`/${file}`)) return loaded;
      const source = typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source);
      if (source.split(from).length !== 2) throw new Error(`${file} has not exactly one "${from}"`);
      return { ...loaded, source: source.replace(from, () => to) };
    },
  });
