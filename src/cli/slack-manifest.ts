import { parseArgs } from 'node:util';
import { slackManifest } from '../channels/slack/manifest.ts';
import { readLayers } from '../knowledge/layers.ts';
import { loadContent } from '../knowledge/load.ts';
import { mindClosedPipe } from './closed-pipe.ts';
import { readConfigOrEnd } from './read-config-or-end.ts';

/**
 * `npm run slack:manifest`: the manifest of the Slack app for `PUBLIC_URL`, to paste where Slack makes a new app; with
 * `--socket` of one that is heard over a socket. Slack's command-line tool asks for that, with arguments of its own.
 */
mindClosedPipe({ ends: true });
const { socket } = parseArgs({ options: { socket: { type: 'boolean' } }, strict: false }).values;
const { publicUrl, contentFolders } = readConfigOrEnd(undefined, { starts: false });
const { brand, replies } = loadContent(readLayers(contentFolders)).content;
if (socket || publicUrl?.startsWith('https://')) {
  console.log(JSON.stringify(slackManifest(socket ? null : publicUrl, brand.title, replies.prompts), null, 2));
} else {
  console.error(
    'PUBLIC_URL is not set to an address with https: Slack would not reach this server (--socket needs none).',
  );
  process.exitCode = 1;
}
