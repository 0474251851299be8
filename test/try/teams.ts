import { parseArgs } from 'node:util';
import { startMicrosoft } from '../channels/teams/far-end.ts';
import { drive } from './drive.ts';
import { startLatchkey } from './latchkey.ts';
import { install, startPlayground } from './playground.ts';
import { startSigningProxy } from './signing-proxy.ts';
import { stepsOf } from './talk.ts';

/**
 * Customers in Teams, without Teams: the Microsoft 365 Agents Playground → a proxy that signs as Microsoft does → the whole
 * product with its real authentication → the Playground. All of it on this machine.
 */
const options = {
  drive: { type: 'boolean', default: false },
  customer: { type: 'string', default: 'over-limit' },
} as const;
const { drive: isDriven, customer } = parseArgs({ options }).values;

// What is started here ends with this process; what is started beside it, by this signal.
const ending = new AbortController();
process.on('exit', () => ending.abort());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

await install(ending.signal);
const microsoft = await startMicrosoft({ now: () => Date.now() });
const proxy = await startSigningProxy(microsoft);
const playground = await startPlayground(proxy.url, ending.signal);
const latchkey = await startLatchkey(microsoft, playground, isDriven ? 'over-limit' : customer);
proxy.passTo(`${latchkey.url}/api/messages`);

if (isDriven) process.exit((await drive(stepsOf(playground, latchkey))) ? 0 : 1);
console.log(`${customer} writes at  ${playground}/`);
console.log(`agents answer at  ${await latchkey.consoleLink()}`);
console.log('Ctrl-C ends it.');
