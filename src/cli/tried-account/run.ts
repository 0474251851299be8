import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { httpGet } from '../../accounts/http-get.ts';
import { createSources, type SourceSettings } from '../../accounts/index.ts';
import { createAccountReader } from '../../accounts/read-account.ts';
import { createResilientGet } from '../../accounts/resilient-get.ts';
import { readConfig, type Config } from '../../config.ts';
import { sampleCustomers } from '../../demo/customers.ts';
import { startDemo, type Demo } from '../../demo/index.ts';
import { diagnose } from '../../diagnosis/diagnose.ts';
import type { Catalog, Feature } from '../../domain/catalog.ts';
import type { Clock, Log, Random } from '../../domain/ports.ts';
import type { Variables } from '../../domain/settings.ts';
import { id } from '../../domain/schemas.ts';
import { restoreSubject } from '../../identity/verify.ts';
import { readLayers } from '../../knowledge/layers.ts';
import { loadContent } from '../../knowledge/load.ts';
import { createWords } from '../../knowledge/wording.ts';
import { failureInWords } from './failure.ts';
import { reportOf } from './report.ts';
import { watch } from './watch.ts';

const usage = 'usage: npm run account:try -- <account> <user> [--feature <slug>] [--object <id>] [--stripe <customer>]';
// What would be logged is in the report.
const log: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** What it runs with: the time, chance, and where it prints the report, and why there is none. */
export interface AccountTryNeeds {
  readonly clock: Clock;
  readonly random: Random;
  readonly print: (text: string) => void;
  readonly complain: (line: string) => void;
}

/** Reads one account as `args` and the settings have it, and prints what is made of it. The exit code: 1 where a source failed, or nothing could be tried. */
export async function runAccountTry(
  args: readonly string[],
  env: Variables | undefined,
  needs: AccountTryNeeds,
): Promise<number> {
  try {
    const { positionals, values } = readArguments(args);
    return await tryAccount(positionals, values, readConfig(env, { starts: false }), needs);
  } catch (error) {
    needs.complain(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

function readArguments(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { feature: { type: 'string' }, object: { type: 'string' }, stripe: { type: 'string' } },
  });
}

type Options = ReturnType<typeof readArguments>['values'];

async function tryAccount(
  names: readonly string[],
  options: Options,
  { sources, demo: isDemo, contentFolders }: Config,
  { clock, random, print, complain }: AccountTryNeeds,
): Promise<number> {
  const { content } = loadContent(readLayers(contentFolders));
  const feature = featureOf(options.feature, content.catalog);
  const isOurs = isDemo && Object.values(sources).every((one) => one === null);
  const person = personOf(names, isOurs);
  const demo = isOurs ? await startDemo(clock, random, null) : null;
  try {
    const connected = demo ? demoSources(demo) : sources;
    const watching = createSources(connected, content.catalog).map((source) => watch(source, () => performance.now()));
    const startReading = createResilientGet({ get: httpGet, sleep, clock, random, log });
    const reader = createAccountReader(
      watching.map(({ source }) => source),
      { startReading, clock, log },
    );
    const snapshot = await reader.read(subjectOf(person, options));
    const verdict = diagnose(snapshot, { feature, catalog: content.catalog });
    const words = createWords(content, '', undefined, 'customer', clock);
    const watched = watching.map((one) => one.watched);
    const tried = { ...person, snapshot, verdict, words, catalog: content.catalog, watched };
    print(reportOf(tried).join('\n'));
    const failures = watched.flatMap((one) => failureInWords(one) ?? []);
    for (const failure of failures) complain(failure);
    return failures.length > 0 ? 1 : 0;
  } finally {
    demo?.close();
  }
}

function demoSources({ accountApi, statusPage }: Demo): SourceSettings {
  return { accountApi, statusPage, stripe: null };
}

interface Person {
  readonly accountId: string;
  readonly userId: string;
  readonly object?: string | undefined;
}

/** Two ids; in the demo the name of a sample customer, too. Throws where they are others. */
function personOf(names: readonly string[], isDemo: boolean): Person {
  const [accountId = '', userId = ''] = names;
  const sample = isDemo && names.length === 1 ? sampleCustomers.find(({ name }) => name === accountId) : undefined;
  if (sample) return { accountId: sample.person.accountId, userId: sample.person.userId, object: sample.object };
  if (names.length === 2 && names.every((one) => id.safeParse(one).success)) return { accountId, userId };
  throw new Error(isDemo ? `${usage}\nor, in the demo: ${sampleCustomers.map(({ name }) => name).join(', ')}` : usage);
}

function subjectOf(person: Person, { object, stripe }: Options) {
  return restoreSubject({
    accountId: person.accountId,
    userId: person.userId,
    verifiedBy: 'signed-identity',
    stripeCustomerId: stripe,
    denial: { object: object ?? person.object },
  });
}

function featureOf(slug: string | undefined, { features }: Catalog): Feature | null {
  if (slug === undefined) return null;
  const found = features.find((one) => one.slug === slug);
  if (!found)
    throw new Error(`the catalog has no feature "${slug}"; it has ${features.map((one) => one.slug).join(', ')}`);
  return found;
}
