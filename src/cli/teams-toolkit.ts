import { stringify } from 'yaml';

const appPackagePath = './appPackage/build/appPackage.${{TEAMSFX_ENV}}.zip';
const manifestPath = './appPackage/manifest.json';
const make = [
  { uses: 'teamsApp/validateManifest', with: { manifestPath } },
  {
    uses: 'teamsApp/zipAppPackage',
    with: { manifestPath, outputZipPath: appPackagePath, outputFolder: './appPackage/build' },
  },
  { uses: 'teamsApp/validateAppPackage', with: { appPackagePath } },
  { uses: 'teamsApp/update', with: { appPackagePath } },
];

/** `m365agents.yml`: what the Microsoft 365 Agents Toolkit does with the app. Nothing is deployed: Latchkey runs elsewhere. */
export function toolkitSteps(name: string): string {
  const steps = {
    version: 'v1.9',
    environmentFolderPath: './env',
    provision: [
      { uses: 'teamsApp/create', with: { name }, writeToEnvironmentFile: { teamsAppId: 'TEAMS_APP_ID' } },
      ...make,
      {
        uses: 'teamsApp/extendToM365',
        with: { appPackagePath },
        writeToEnvironmentFile: { titleId: 'M365_TITLE_ID', appId: 'M365_APP_ID' },
      },
    ],
    publish: [
      ...make,
      {
        uses: 'teamsApp/publishAppPackage',
        with: { appPackagePath },
        writeToEnvironmentFile: { publishedAppId: 'TEAMS_APP_PUBLISHED_APP_ID' },
      },
    ],
  };
  const schema = '# yaml-language-server: $schema=https://aka.ms/m365-agents-toolkits/v1.9/yaml.schema.json\n';
  return schema + stringify(steps, { aliasDuplicateObjects: false });
}
