import js from '@eslint/js';
import ts from 'typescript-eslint';

const only = (names, where) => ({ group: names, message: `${names.join(', ')} may be imported only in ${where}` });
const fences = {
  sdk: only(['botbuilder', 'botbuilder-*', 'botframework-*'], 'dialogs/, src/bot/ and src/channels/'),
  restify: only(['restify'], 'src/http/server.ts'),
  nock: only(['nock'], 'test/support/'),
};
const fence = (...names) => ({ 'no-restricted-imports': ['error', { patterns: names.map((name) => fences[name]) }] });

export default ts.config(
  { ignores: ['node_modules', 'coverage', 'data'] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...ts.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json', './src/web/tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      ...fence('sdk', 'restify', 'nock'),
      'max-lines': ['error', 250],
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: 'env is read in config.ts',
        },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'time comes in through a port' },
        { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'time: a port' },
        {
          selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
          message: 'random: a port',
        },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  { files: ['dialogs/**', 'src/bot/**', 'src/channels/**'], rules: fence('restify', 'nock') },
  { files: ['src/http/server.ts'], rules: fence('sdk', 'nock') },
  {
    files: ['src/config.ts', 'src/main.ts', 'src/cli/account-try.ts', 'src/cli/doctor.ts', 'src/web/**', 'test/**'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  { files: ['test/**'], rules: { ...fence('nock'), '@typescript-eslint/no-floating-promises': 'error' } },
  { files: ['test/support/**', 'test/bench/**'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['**/*.js'], extends: [ts.configs.disableTypeChecked] },
);
