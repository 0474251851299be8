import { randomBytes } from 'node:crypto';
import { mindClosedPipe } from './closed-pipe.ts';
import { runAccountTry } from './tried-account/run.ts';

/**
 * `npm run account:try -- <account> <user>`: reads one account through the sources of the settings, without any of them through
 * the demo's, and prints what it says and what is made of it. For developers of an account API.
 */
mindClosedPipe({ ends: true });
process.exitCode = await runAccountTry(process.argv.slice(2), undefined, {
  clock: { now: () => Date.now() },
  random: { id: (length) => randomBytes(length).toString('base64url').slice(0, length) },
  print: (text) => console.log(text),
  complain: (line) => console.error(line),
});
