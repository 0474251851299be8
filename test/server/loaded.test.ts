import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dataFolder, runMain } from '../support/child.ts';

const tells = pathToFileURL(join(import.meta.dirname, '../support/tell-loaded.ts')).href;

/** What a settled server has loaded when it says that it listens: packages by their names, files of ours by their paths. */
async function loadedAtListening(folder: string, settings: Readonly<Record<string, string>> = {}) {
  const child = runMain(folder, settings, ['--import', tells]);
  try {
    let [told, complaints] = ['', ''];
    child.stderr.on('data', (chunk) => (complaints += String(chunk)));
    child.stdout.on('data', (chunk) => (told += String(chunk)));
    await once(child, 'exit');
    const list = /^loaded (\[.*\])$/m.exec(told)?.[1];
    return new Set(JSON.parse(list ?? assert.fail(told + complaints)) as string[]);
  } finally {
    child.kill('SIGKILL');
  }
}

/** Each is for what not every server has, or for what comes after it listens, with what it is for. */
const notYet: Readonly<Record<string, string>> = {
  botbuilder: 'the first turn',
  'botbuilder-dialogs': 'the first turn',
  yaml: 'words that were changed',
  formidable: 'restify’s plugins, which nothing uses',
  jose: 'the first identity',
  'openid-client': 'the first sign-in with OpenID Connect',
  'src/knowledge/search.ts': 'the first question',
  nodemailer: 'the e-mail desk',
  '@slack/web-api': 'Slack',
  '@azure/msal-node': 'Teams',
  'botframework-connector': 'Teams',
  'prom-client': 'METRICS_KEY',
  '@opentelemetry/api': 'OTEL_EXPORTER_OTLP_ENDPOINT',
  '@opentelemetry/sdk-trace-base': 'OTEL_EXPORTER_OTLP_ENDPOINT',
  '@opentelemetry/exporter-trace-otlp-http': 'OTEL_EXPORTER_OTLP_ENDPOINT',
  'src/accounts/index.ts': 'the first account',
  'src/language/recognizer.ts': 'the first message',
  'src/language/train-model.ts': 'words that were changed',
  'src/language/load-encoder-classifier.ts': 'ENCODER',
  'src/knowledge/load.ts': 'words that were changed',
  'src/knowledge/article-index.ts': 'words that were changed',
  'src/desks/zendesk/index.ts': 'the Zendesk desk',
  'src/desks/jira/index.ts': 'the Jira desk',
  'src/tickets/ticket-html.ts': 'an external desk',
  'src/identity/verify.ts': 'the first identity',
  'node:internal/deps/amaro/dist/index': 'files that were not compiled yet',
  'node:internal/deps/undici/undici': 'the first call of fetch',
};

describe('a server that listens', function () {
  this.timeout(120_000);
  let folder = '';
  let loaded = new Set<string>();
  before(async () => {
    folder = dataFolder();
    // Of the first start the words are kept, and what was compiled.
    for (let start = 0; start < 2; start += 1) loaded = await loadedAtListening(folder);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('has kept its words, and has loaded what it serves with', () => {
    assert.ok(readdirSync(folder).some((file) => /^content-\w+\.bin$/.test(file)));
    for (const name of ['restify', 'kysely', 'ws', 'src/product.ts']) assert.ok(loaded.has(name), name);
  });

  for (const [name, need] of Object.entries(notYet))
    it(`has not loaded ${name}, which is for ${need}`, () => assert.ok(!loaded.has(name)));

  it('has loaded what sends traces where they are to be sent', async () => {
    const with_ = await loadedAtListening(folder, { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' });
    assert.ok(with_.has('@opentelemetry/sdk-trace-base') && with_.has('src/metrics/traces.ts'));
  });

  it('has loaded the desk that is set, and no other', async () => {
    const settings = { WEBHOOK_URL: 'https://desk.example/hook', WEBHOOK_SECRET: `whsec_${'A'.repeat(32)}` };
    const with_ = await loadedAtListening(folder, settings);
    assert.ok(with_.has('src/desks/webhook/index.ts'));
    assert.ok(!with_.has('src/desks/zendesk/index.ts') && !with_.has('src/desks/email/index.ts'));
  });
});
