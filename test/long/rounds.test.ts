/** Random tests whose rounds `npm test` has a fifth of. */
const tests = [
  '../accounts/doubts.test.ts',
  '../accounts/published.test.ts',
  '../accounts/status-page-words.test.ts',
  '../accounts/stripe-garbage.test.ts',
  '../channels/slack/any-post.test.ts',
  '../channels/slack/any-reply.test.ts',
  '../channels/teams/any-reply.test.ts',
  '../channels/teams/markdown.test.ts',
  '../console/escape-markdown.test.ts',
  '../diagnosis/properties.test.ts',
  '../diagnosis/without-feature.test.ts',
  '../knowledge/grammar.test.ts',
  '../redaction/redact-properties.test.ts',
  '../server/type-confusion.test.ts',
  '../web/served-files.test.ts',
];

process.env.ROUNDS = 'all';
for (const test of tests) await import(test);
