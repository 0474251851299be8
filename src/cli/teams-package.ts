import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { AppManifestUtils, type TeamsManifest } from '@microsoft/app-manifest';
import { strToU8, zipSync } from 'fflate';
import { mindClosedPipe } from './closed-pipe.ts';
import { colorIcon, outlineIcon } from './teams-icons.ts';
import { manifestOf, type PackageOptions } from '../channels/teams/manifest.ts';
import { readConfig } from '../config.ts';
import { truncate } from '../domain/truncate.ts';
import { readLayers } from '../knowledge/layers.ts';
import { loadContent } from '../knowledge/load.ts';

/** The app package for Teams: a zip of the manifest and two icons. Throws with what the manifest's schema says against it. */
export async function teamsPackage(options: PackageOptions): Promise<Uint8Array> {
  const manifest = manifestOf(options);
  const wrong = await AppManifestUtils.validateAgainstSchema(manifest as TeamsManifest);
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  const files = {
    'manifest.json': strToU8(`${JSON.stringify(manifest, null, 2)}\n`),
    'color.png': colorIcon(),
    'outline.png': outlineIcon(),
  };
  // A fixed time: the same options make the same file.
  return zipSync(files, { level: 9, mtime: '2026-01-01T00:00:00' });
}

const usage =
  'npm run teams:package -- --app-id <TEAMS_APP_ID> --website https://www.example.com [--name "Acme help"] [--company Example] [--privacy <address>] [--terms <address>] [--app-version 1.0.0]';

/** Writes latchkey-teams.zip into the folder it is started in. */
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
    },
  });
  const { 'app-id': appId, website, name = brandName(), 'app-version': version = '1.0.0' } = values;
  if (!appId || !website) throw new Error(usage);
  const { company = new URL(website).host, privacy = website, terms = website } = values;
  writeFileSync('latchkey-teams.zip', await teamsPackage({ appId, version, website, name, company, privacy, terms }));
  console.log('latchkey-teams.zip');
}

/** What the company calls its help; Teams takes 30 characters. */
function brandName(): string {
  const { contentFolders } = readConfig(undefined, { starts: false });
  return truncate(loadContent(readLayers(contentFolders)).content.brand.title, 30);
}

if (import.meta.main) {
  mindClosedPipe({ ends: false });
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
