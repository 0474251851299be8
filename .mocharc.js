import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { argv, env, pid } from 'node:process';

// Files on the command line take the place of the suite; Mocha would add them to it.
const named = argv.slice(2).some((one) => one.endsWith('.test.ts'));

// The suite is about our words, whatever a company has set, here or in `.env`.
env.CONTENT_DIR = '';
// The processes of one run share their chance.
env.SEED ??= String(randomInt(2 ** 31));
// And one PostgreSQL.
env.TEST_RUN ??= `${pid}-${randomInt(2 ** 31)}`;

// What was compiled once is not compiled again by each of the many processes; a measured one counts every function itself.
if (env.NODE_V8_COVERAGE === undefined)
  env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/node');

export default {
  spec: named ? [] : ['test/**/*.test.ts'],
  ignore: named ? [] : ['test/long/**'],
  extension: ['ts'],
  parallel: !named,
  jobs: 3,
  // Ends what hangs: nothing is hoped to be faster than on a busy machine.
  timeout: 300_000,
  reporter: 'test/support/reporter.ts',
  'node-option': ['disable-warning=ExperimentalWarning'],
  require: [
    'test/support/no-network.ts',
    'test/support/seed.ts',
    'test/support/browser.ts',
    'test/support/databases.ts',
  ],
};
