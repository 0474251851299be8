import { slackManifest } from '../channels/slack/manifest.ts';
import { readLayers } from '../knowledge/layers.ts';
import { loadContent } from '../knowledge/load.ts';
import { mindClosedPipe } from './closed-pipe.ts';
import { readConfigOrEnd } from './read-config-or-end.ts';

/** `npm run slack:manifest`: the manifest of the Slack app for `PUBLIC_URL`, to paste where Slack makes a new app. */
mindClosedPipe({ ends: true });
const { publicUrl, contentFolders } = readConfigOrEnd(undefined, { starts: false });
const { brand, replies } = loadContent(readLayers(contentFolders)).content;
if (publicUrl?.startsWith('https://')) {
  console.log(JSON.stringify(slackManifest(publicUrl, brand.title, replies.prompts), null, 2));
} else {
  console.error('PUBLIC_URL is not set to an address with https: Slack would not reach this server.');
  process.exitCode = 1;
}
