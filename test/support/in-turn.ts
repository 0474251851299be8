import { pathToFileURL } from 'node:url';
import type { Ended, Run } from './command.ts';

// The process of `runInTurn`: one program, once for each run.
const [program = '', runs = '[]'] = process.argv.slice(2);
const print = process.stdout.write.bind(process.stdout);
const all: Ended[] = [];
for (const [at, { args, settings }] of (JSON.parse(runs) as Run[]).entries()) {
  let [out, error] = ['', ''];
  process.stdout.write = (text) => ((out += String(text)), true);
  process.stderr.write = (text) => ((error += String(text)), true);
  process.argv.splice(1, Infinity, program, ...args);
  Object.assign(process.env, settings);
  // An address that was not imported yet, or it would not run again.
  await import(`${pathToFileURL(program).href}?${at}`);
  for (const name of Object.keys(settings ?? {})) Reflect.deleteProperty(process.env, name);
  all.push({ out, error, code: Number(process.exitCode ?? 0) });
  process.exitCode = 0;
}
print(JSON.stringify(all));
