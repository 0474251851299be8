import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SourceSettings } from './accounts/index.ts';
import { readSources } from './accounts/settings.ts';
import {
  readHandOff,
  replyMailSettings,
  type HandOffSettings,
  type ReplyMailSettings,
} from './channels/direct-line/settings.ts';
import { isAnyConnected, readChannels, trustsMembers, type ChannelSettings } from './channels/index.ts';
import { teamsAliases, unreadNames } from './channels/teams/aliases.ts';
import { sampleCustomers } from './demo/customers.ts';
import { readDesk, type DeskSettings } from './desks/index.ts';
import type { RetentionDays } from './domain/privacy.ts';
import { openingTimes, timeZone, type OfficeHours } from './domain/office-hours.ts';
import { networkOf, type Network } from './domain/networks.ts';
import { readRetention, ticketsKept } from './domain/retention-days.ts';
import { responseTargets } from './domain/response-targets.ts';
import type { ResponseTargets } from './domain/ticket.ts';
import {
  group,
  list,
  mapped,
  optional,
  readIfSet,
  readSettings,
  required,
  type SettingsReader,
  type Variables,
} from './domain/settings.ts';
import { unknownSettings } from './domain/unknown-settings.ts';
import { httpUrl, isLoopback, originOf } from './domain/web-address.ts';
import { readTrustedIssuer } from './identity/issuer-settings.ts';
import { readConsole, type ConsoleSettings } from './identity/settings.ts';
import type { TrustedIssuer } from './identity/verify.ts';
import type { EncoderSettings } from './language/encoders/index.ts';
import { readEncoder } from './language/encoders/settings.ts';

/** The settings, checked once. What stands in `.env.example` is read here and nowhere else. */
export interface Config {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly dataDir: string;
  /** The PostgreSQL in which everything is stored; null: a file in `dataDir`. */
  readonly database: DatabaseSettings | null;
  /** The folders of words: ours, and the company's own before it where there is one. */
  readonly contentFolders: readonly string[];
  /** Where customers reach this server; null: at the host and port they used. */
  readonly publicUrl: string | null;
  /** Origins of the sites that may embed the widget. */
  readonly allowedOrigins: readonly string[];
  /** Whose word of where a request came from is taken. */
  readonly trustedProxies: readonly Network[];
  readonly demo: boolean;
  /** What accounts are read from; in the demo there may be none, for it brings its own. */
  readonly sources: SourceSettings;
  /** Null only in the demo, which brings its own. */
  readonly identity: TrustedIssuer | null;
  /** Where tickets go; null: to the built-in desk. */
  readonly desk: DeskSettings | null;
  /** Null: the recognizer's core understands alone. */
  readonly encoder: EncoderSettings | null;
  /** When a person answers at the latest, as customers are told it: "within one working day"; null: they are told nothing. */
  readonly expectedResponse: string | null;
  /** When agents are late. */
  readonly responseTargets: ResponseTargets;
  /** When somebody is there; null: customers are not told, and answers are awaited day and night. */
  readonly office: OfficeHours | null;
  /** Where security reports can be sent besides; null: nowhere. */
  readonly securityContact: string | null;
  /** Where else customers write. */
  readonly channels: ChannelSettings;
  /** How a person's answer goes to customers who left; null: it waits for them. */
  readonly replyMail: ReplyMailSettings | null;
  /** The live-agent hub that may take over. */
  readonly handOff: HandOffSettings;
  /** Who may read `/metrics`, as a Bearer token; null: nobody. */
  readonly metricsKey: string | null;
  /** Where traces are sent to, an OTLP collector over HTTP; null: nowhere. */
  readonly traces: string | null;
  /** For how long conversations and tickets are kept. */
  readonly retention: RetentionDays;
  /** Who may sign in to the console. */
  readonly console: ConsoleSettings;
  /** What an operator is told at the start. */
  readonly notices: readonly string[];
}

/** How PostgreSQL is reached: its address with user and password, and with how many connections at the most. */
export interface DatabaseSettings {
  readonly url: string;
  readonly connections: number;
}

/** The variables of this process, with those of `.env` where there is one. */
function environment(): Variables {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

const where = 'an address without a path or a wildcard, such as https://help.example.com';
const demoMode = optional('DEMO', '0, or 1 for the demo', (text) => (['0', '1'].includes(text) ? text : null));
const port = optional('PORT', 'a number from 0 to 65535, such as 3978', (text) => {
  const number = Number(text);
  return Number.isInteger(number) && number >= 0 && number <= 65_535 ? number : null;
});
const databaseUrl = optional(
  'DATABASE_URL',
  'an address such as postgres://user:password@host:5432/latchkey',
  postgresAddress,
);
const databasePool = optional('DATABASE_POOL', 'a number of connections from 2 to 200, such as 10', (text) => {
  const number = Number(text);
  return Number.isInteger(number) && number >= 2 && number <= 200 ? number : null;
});
const publicUrl = optional('PUBLIC_URL', where, originOf);
const allowedOrigins = list('ALLOWED_ORIGINS', where, originOf);
const traces = optional(
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'the base address of an OTLP collector, such as http://127.0.0.1:4318',
  (text) => httpUrl(text) && text.replace(/\/$/, ''),
);
const office = mapped(
  group({
    open: required('OFFICE_HOURS', 'days and hours, such as mon-thu 09:00-17:30, fri 09:00-13:00', openingTimes),
    zone: optional('OFFICE_ZONE', 'a time zone, such as Europe/Berlin', timeZone),
  }),
  ({ open, zone }): OfficeHours => ({ open, zone: zone ?? 'Etc/UTC' }),
);
const trustedProxies = list('TRUSTED_PROXIES', 'addresses or networks, such as 127.0.0.1 10.0.0.0/8', networkOf);

/**
 * Reads the environment. Throws `config-invalid` with one line for every setting that is missing or malformed. `starts`:
 * false for a tool, which opens no demo to anybody.
 */
export function readConfig(env: Variables = environment(), { starts = true } = {}): Config {
  const read = (settings: SettingsReader): Config => {
    const demo = demoMode.read(settings) !== '0';
    const host = settings.text('HOST') || '127.0.0.1';
    const [portAt, publicAt] = [port.read(settings) ?? 3978, publicUrl.read(settings) ?? null];
    // Behind a proxy everybody seems to be here: where there is a public address, there may be one.
    const isHereOnly = isLoopback(host) && (publicAt === null || isLoopback(new URL(publicAt).hostname));
    const config: Config = {
      host,
      port: portAt,
      dataDir: settings.text('DATA_DIR') || 'data',
      database: readDatabase(settings),
      contentFolders: [contentFolder, ...ownContent(settings)],
      publicUrl: publicAt,
      allowedOrigins: allowedOrigins.read(settings) ?? [],
      trustedProxies: trustedProxies.read(settings) ?? [],
      demo,
      sources: readSources(settings, demo),
      identity: readTrustedIssuer(settings, demo),
      desk: readDesk(settings),
      encoder: readEncoder(settings),
      expectedResponse: settings.text('EXPECTED_RESPONSE') || null,
      responseTargets: responseTargets.read(settings) ?? {},
      office: readIfSet(office, settings),
      securityContact: settings.text('SECURITY_CONTACT') || null,
      channels: readChannels(settings, demo && isHereOnly ? sampleCustomers.map(({ name }) => name) : []),
      replyMail: readIfSet(replyMailSettings, settings),
      handOff: readHandOff(settings),
      metricsKey: settings.text('METRICS_KEY') || null,
      traces: traces.read(settings) ?? null,
      retention: readRetention(settings, demo),
      console: readConsole(settings),
      notices: [
        ...unknownSettings(env, knownNames()),
        unreadNames(settings),
        ticketsKept(settings),
        ...(demo ? [] : unreachable(settings)),
      ].filter((notice) => notice !== null),
    };
    if (trustsMembers(config.channels) && !demo && !settings.isSet('ACCOUNT_API_URL'))
      settings.complain(
        'ACCOUNT_API_URL',
        'set where Slack or Teams is trusted, for it alone knows whose an e-mail address is',
      );
    if (starts && demo && !settings.isSet('DEMO') && isForSomebody(config))
      settings.complain('DEMO', '0; or 1 to run the demo beside what else is set, where every stranger is an agent');
    return config;
  };
  return readSettings(env, read, teamsAliases);
}

/** The address of a PostgreSQL, if it is one that names a database; else null. */
export function postgresAddress(text: string): string | null {
  const url = URL.parse(text);
  return url && ['postgres:', 'postgresql:'].includes(url.protocol) && url.pathname.length > 1 ? text : null;
}

function readDatabase(settings: SettingsReader): DatabaseSettings | null {
  const [url, connections] = [databaseUrl.read(settings), databasePool.read(settings)];
  return url ? { url, connections: connections ?? 10 } : null;
}

/** The folder of a company's own words, if there is one; relative ones are found from where the process runs. */
function ownContent(settings: SettingsReader): string[] {
  if (!settings.isSet('CONTENT_DIR')) return [];
  const folder = resolve(settings.text('CONTENT_DIR'));
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [folder];
  settings.complain('CONTENT_DIR', `a folder that is there, and ${folder} is none`);
  return [];
}

/** What is missing for a company's own site, and what to do about it: it starts without, for there may be none. */
function unreachable(settings: SettingsReader): string[] {
  const missing = {
    PUBLIC_URL:
      'links in tickets lead to this machine, and pages with https cannot reach the chat; set it to the address at which customers reach this server, such as https://help.example.com',
    ALLOWED_ORIGINS:
      'no site but this server’s own pages can show the chat; set it to the origins of your sites, such as https://www.example.com',
  };
  return Object.entries(missing).flatMap(([name, what]) => (settings.isSet(name) ? [] : `${name} is not set: ${what}`));
}

/** Whether anything is set that a demo does without: whoever did so may have forgotten that it runs. */
function isForSomebody({ sources, identity, desk, channels, publicUrl }: Config): boolean {
  const { accountApi, stripe, statusPage } = sources;
  const isSet = [accountApi, stripe, statusPage, identity, desk, publicUrl].some((one) => one !== null);
  return isSet || isAnyConnected(channels);
}

/** Every setting there is; a test holds that the file names each. */
function knownNames(): string[] {
  const file = resolve(import.meta.dirname, '../.env.example');
  if (!existsSync(file)) return [];
  const told = readFileSync(file, 'utf8').matchAll(/^(?:# )?([A-Z][A-Z\d_]*)=/gm);
  return [...told].map(([, name = '']) => name);
}

/** Our words, beside the code. */
export const contentFolder = resolve(import.meta.dirname, '../content');
