import { randomBytes } from 'node:crypto';
import { readConfig, type Config } from '../config.ts';
import { codeOf } from '../domain/errors.ts';
import { runChecks, toText } from './checks/index.ts';
import { mindClosedPipe } from './closed-pipe.ts';

/**
 * `npm run doctor`: what can be checked of the settings, one line each; it changes nothing. Exit code 1 where something does
 * not work.
 */
mindClosedPipe({ ends: true });
const config = settingsRead();
if (config) {
  const random = { id: (length: number) => randomBytes(length).toString('base64url').slice(0, length) };
  const lines = await runChecks(config, {
    fetch,
    clock: { now: () => Date.now() },
    random,
  });
  for (const line of lines) console.log(toText(line));
  process.exitCode = lines.some(({ status }) => status === 'fail') ? 1 : 0;
}

/** Null: they are not as they should be, which was told. */
function settingsRead(): Config | null {
  try {
    return readConfig();
  } catch (error) {
    if (codeOf(error) !== 'config-invalid') throw error;
    for (const what of (error as Error).message.split('\n'))
      console.log(toText({ status: 'fail', name: 'settings', what, todo: null }));
    process.exitCode = 1;
    return null;
  }
}
