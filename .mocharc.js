import { randomInt } from 'node:crypto';
import { argv, env, pid } from 'node:process';

// Files on the command line take the place of the suite; Mocha would add them to it.
const named = argv.slice(2).some((one) => one.endsWith('.test.ts'));

// The suite is about our words, whatever a company has set, here or in `.env`.
env.CONTENT_DIR = '';
// The processes of one run share their chance.
env.SEED ??= String(randomInt(2 ** 31));
// And one PostgreSQL.
env.TEST_RUN ??= String(pid);

export default {
  spec: named ? [] : ['test/**/*.test.ts'],
  ignore: named ? [] : ['test/long/**'],
  extension: ['ts'],
  parallel: !named,
  jobs: 2,
  // Ends what hangs: nothing is hoped to be faster than on a busy machine.
  timeout: 300_000,
  reporter: 'test/support/reporter.ts',
  'node-option': ['disable-warning=ExperimentalWarning'],
  require: ['test/support/no-network.ts', 'test/support/seed.ts', 'test/support/browser.ts', 'test/support/databases.ts'],
};
