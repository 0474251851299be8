import { readConfig } from '../config.ts';
import { slackManifest } from '../channels/slack/manifest.ts';

/** `npm run slack:manifest`: the manifest of the Slack app for `PUBLIC_URL`, to paste where Slack makes a new app. */
const { publicUrl } = readConfig(undefined, { starts: false });
if (publicUrl?.startsWith('https://')) {
  console.log(JSON.stringify(slackManifest(publicUrl), null, 2));
} else {
  console.error('PUBLIC_URL is not set to an address with https: Slack would not reach this server.');
  process.exitCode = 1;
}
