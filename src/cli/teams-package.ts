import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { AppManifestUtils, type TeamsManifest } from '@microsoft/app-manifest';
import { strToU8, zipSync } from 'fflate';
import { mindClosedPipe } from './closed-pipe.ts';
import { colorIcon, outlineIcon } from './teams-icons.ts';
import { toolkitSteps } from './teams-toolkit.ts';
import { manifestOf, type PackageOptions } from '../channels/teams/manifest.ts';
import { readConfig } from '../config.ts';
import { truncate } from '../domain/truncate.ts';
import { readLayers } from '../knowledge/layers.ts';
import { loadContent } from '../knowledge/load.ts';

type Files = Readonly<Record<string, Uint8Array>>;

/** What is in the app package: the manifest and two icons. Throws with what the manifest's schema says against it. */
async function packageFiles(options: PackageOptions): Promise<Files> {
  const manifest = manifestOf(options);
  const wrong = await AppManifestUtils.validateAgainstSchema(manifest as TeamsManifest);
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  return { 'manifest.json': jsonFile(manifest), 'color.png': colorIcon(), 'outline.png': outlineIcon() };
}

/** The app package for Teams, as a zip. Throws as its files do. */
export async function teamsPackage(options: PackageOptions): Promise<Uint8Array> {
  // A fixed time: the same options make the same file.
  return zipSync(await packageFiles(options), { level: 9, mtime: '2026-01-01T00:00:00' });
}

const envFile = 'env/.env.dev';

/** The same as a project of the Microsoft 365 Agents Toolkit, which makes the package of it. Throws as its files do. */
export async function toolkitProject(options: PackageOptions): Promise<Files> {
  const template = { ...manifestOf({ ...options, appId: '${{BOT_ID}}' }), id: '${{TEAMS_APP_ID}}' };
  const files = Object.entries({ ...(await packageFiles(options)), 'manifest.json': jsonFile(template) });
  return {
    ...Object.fromEntries(files.map(([name, content]) => [`appPackage/${name}`, content])),
    'm365agents.yml': strToU8(toolkitSteps(options.name)),
    [envFile]: strToU8(`TEAMSFX_ENV=dev\nTEAMS_APP_ID=${options.appId}\nBOT_ID=${options.appId}\n`),
  };
}

function jsonFile(value: object): Uint8Array {
  return strToU8(`${JSON.stringify(value, null, 2)}\n`);
}

/** Writes the project; what the toolkit noted of an app that it knows stays. */
function writeProject(files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join('latchkey-teams', name);
    if (name === envFile && existsSync(path)) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

const usage =
  'npm run teams:package -- --app-id <TEAMS_APP_ID> --website https://www.example.com [--name "Acme help"] [--company Example] [--privacy <address>] [--terms <address>] [--app-version 1.0.0] [--sso] [--toolkit]';

/** Writes latchkey-teams.zip, or the folder latchkey-teams, into the folder it is started in. */
async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      'app-id': text,
      website: text,
      name: text,
      company: text,
      privacy: text,
      terms: text,
      'app-version': text,
      sso: { type: 'boolean', default: false },
      toolkit: { type: 'boolean' },
    },
  });
  const { 'app-id': appId, website, 'app-version': version = '1.0.0' } = values;
  if (!appId || !website) throw new Error(usage);
  const { brand, replies } = contentThere();
  // Teams takes 30 characters.
  const { name = truncate(brand.title, 30), company = new URL(website).host } = values;
  const { privacy = website, terms = website } = values;
  const said = { prompts: replies.prompts, singleSignOn: values.sso };
  const options = { appId, version, website, name, company, privacy, terms, ...said };
  if (values.toolkit) writeProject(await toolkitProject(options));
  else writeFileSync('latchkey-teams.zip', await teamsPackage(options));
  console.log(values.toolkit ? 'latchkey-teams' : 'latchkey-teams.zip');
}

function contentThere() {
  const { contentFolders } = readConfig(undefined, { starts: false });
  return loadContent(readLayers(contentFolders)).content;
}

if (import.meta.main) {
  mindClosedPipe({ ends: false });
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
