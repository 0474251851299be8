import { argv } from 'node:process';

// Files on the command line take the place of the suite; Mocha would add them to it.
const named = argv.slice(2).some((one) => one.endsWith('.test.ts'));

export default {
  spec: named ? [] : ['test/**/*.test.ts'],
  ignore: named ? [] : ['test/long/**'],
  extension: ['ts'],
  timeout: 10_000,
  reporter: 'test/support/reporter.ts',
  'node-option': ['disable-warning=ExperimentalWarning'],
  require: ['test/support/no-network.ts', 'test/support/seed.ts'],
};
