import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SourceSettings } from './accounts/index.ts';
import { SupportError } from './domain/errors.ts';
import { readChannels, type ChannelSettings } from './channels/index.ts';
import type { DeskSettings } from './desks/index.ts';
import { readDesk } from './desks/settings.ts';
import type { EncoderSettings } from './encoders/index.ts';
import { readConsole, type ConsoleSettings } from './identity/settings.ts';
import { publicKey, sharedSecret, type TrustedIssuer } from './identity/verify.ts';

/** The settings, checked once. What stands in `.env.example` is read here and nowhere else. */
export interface Config {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly dataDir: string;
  /** Where customers reach this server; null: at the host and port they used. */
  readonly publicUrl: string | null;
  /** Origins of the sites that may embed the widget. */
  readonly allowedOrigins: readonly string[];
  readonly demo: boolean;
  /** What accounts are read from; in the demo there may be none, for it brings its own. */
  readonly sources: SourceSettings;
  /** Null only in the demo, which brings its own. */
  readonly identity: TrustedIssuer | null;
  /** Where tickets go; null: to the built-in desk. */
  readonly desk: DeskSettings | null;
  /** Null: the recognizer's core understands alone. */
  readonly encoder: EncoderSettings | null;
  /** Where else customers write. */
  readonly channels: ChannelSettings;
  /** Who may read `/metrics`, as a Bearer token; null: nobody. */
  readonly metricsKey: string | null;
  /** Who may sign in to the console. */
  readonly console: ConsoleSettings;
}

/** The variables of this process, with those of `.env` where there is one. */
function environment(): Env {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Reads the environment. Throws `config-invalid` with one line for every setting that is missing or malformed. */
export function readConfig(env: Env = environment()): Config {
  const wrong: string[] = [];
  const text = (name: string) => env[name]?.trim() ?? '';
  const must = (name: string, shouldBe: string): null => {
    wrong.push(`${name} ${text(name) === '' ? 'is missing' : 'is not valid'}: it should be ${shouldBe}`);
    return null;
  };
  const demo = text('DEMO') !== '0';
  const port = text('PORT') === '' ? 3978 : Number(text('PORT'));
  if (!Number.isInteger(port) || port < 0 || port > 65535) must('PORT', 'a number from 0 to 65535, such as 3978');

  const origin = (name: string, value: string) =>
    urlOf(value)?.origin ?? must(name, 'an address such as https://help.example.com');
  const publicUrl = text('PUBLIC_URL') === '' ? null : origin('PUBLIC_URL', text('PUBLIC_URL'));
  const allowedOrigins = text('ALLOWED_ORIGINS')
    .split(/[\s,]+/)
    .filter(Boolean)
    .flatMap((value) => origin('ALLOWED_ORIGINS', value) ?? []);

  const config: Config = {
    host: text('HOST') || '127.0.0.1',
    port,
    dataDir: text('DATA_DIR') || 'data',
    publicUrl,
    allowedOrigins,
    demo,
    sources: readSources(text, must, demo),
    identity: readIdentity(text, must, demo),
    desk: readDesk(text, must),
    encoder: readEncoder(text, must),
    channels: readChannels(text, must),
    metricsKey: text('METRICS_KEY') || null,
    console: readConsole(text, must),
  };
  if (isTrusting(config.channels) && !demo && !config.sources.accountApi)
    must('ACCOUNT_API_URL', 'set where Slack or Teams is trusted, for it alone knows whose an e-mail address is');
  if (wrong.length > 0) throw new SupportError('config-invalid', { detail: wrong.join('\n') });
  return config;
}

function isTrusting({ slack, teams }: ChannelSettings): boolean {
  return [...(slack?.trustedTeams ?? []), ...(teams?.trustedTenants ?? [])].length > 0;
}

type Text = (name: string) => string;
type Must = (name: string, shouldBe: string) => null;

function readSources(text: Text, must: Must, demo: boolean): SourceSettings {
  const stripeKey = text('STRIPE_KEY');
  const stripe = stripeKey === '' ? null : { key: stripeKey };
  const statusPage = text('STATUS_PAGE_URL') === '' ? null : (urlOf(text('STATUS_PAGE_URL'))?.origin ?? null);
  if (stripe && !stripe.key.startsWith('rk_'))
    must('STRIPE_KEY', 'a restricted read-only key, which begins with "rk_"');
  if (text('STATUS_PAGE_URL') !== '' && !statusPage)
    must('STATUS_PAGE_URL', 'the address of your status page, such as https://status.example.com');
  const isAsked = text('ACCOUNT_API_URL') !== '' || (!demo && !stripe);
  return {
    accountApi: isAsked ? readAccountApi(text, must) : null,
    stripe,
    statusPage: statusPage === null ? null : { url: statusPage },
  };
}

function readAccountApi(text: Text, must: Must): SourceSettings['accountApi'] {
  const url = urlOf(text('ACCOUNT_API_URL'));
  if (!url) must('ACCOUNT_API_URL', 'the base address of your account API, such as https://api.example.com');
  if (text('ACCOUNT_API_KEY') === '')
    must('ACCOUNT_API_KEY', 'the key that your account API expects as a Bearer token');
  return { url: text('ACCOUNT_API_URL'), key: text('ACCOUNT_API_KEY') };
}

function readEncoder(text: Text, must: Must): EncoderSettings | null {
  const which = text('ENCODER');
  if (which === '') return null;
  if (which === 'use-lite') return which;
  if (!urlOf(which)) return must('ENCODER', '"use-lite", or the address of an embeddings API');
  const model = text('ENCODER_MODEL') || must('ENCODER_MODEL', 'the model that the embeddings API should use');
  return model ? { url: which, model, key: text('ENCODER_KEY') || null } : null;
}

function readIdentity(text: Text, must: Must, demo: boolean): TrustedIssuer | null {
  const names = ['IDENTITY_ISSUER', 'IDENTITY_AUDIENCE', 'IDENTITY_SECRET', 'IDENTITY_PUBLIC_KEY'];
  if (demo && names.every((name) => text(name) === '')) return null;
  const issuer = text('IDENTITY_ISSUER') || must('IDENTITY_ISSUER', 'the "iss" of the identities your site signs');
  const audience =
    text('IDENTITY_AUDIENCE') || must('IDENTITY_AUDIENCE', 'the "aud" of the identities your site signs');
  const key = readKey(text, must);
  return issuer && audience && key ? { issuer, audience, key } : null;
}

function readKey(text: Text, must: Must): TrustedIssuer['key'] | null {
  const secret = text('IDENTITY_SECRET');
  const pem = text('IDENTITY_PUBLIC_KEY').replaceAll('\\n', '\n');
  if ((secret === '') === (pem === ''))
    return must('IDENTITY_SECRET', 'a secret of at least 32 bytes; or set IDENTITY_PUBLIC_KEY instead, not both');
  if (secret !== '')
    return Buffer.byteLength(secret) >= 32
      ? sharedSecret(secret)
      : must('IDENTITY_SECRET', 'a secret of at least 32 bytes');
  try {
    return publicKey(pem);
  } catch {
    return must('IDENTITY_PUBLIC_KEY', 'a P-256 public key (ES256) as PEM, its line breaks written as \\n');
  }
}

function urlOf(value: string): URL | null {
  const url = URL.parse(value);
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : null;
}

/** The words, beside the code. */
export const contentFolder = resolve(import.meta.dirname, '../content');
