import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';
import { AppManifestUtils, type TeamsManifest } from '@microsoft/app-manifest';
import { strFromU8, unzipSync } from 'fflate';
import { parse } from 'yaml';
import { manifestOf } from '../../../src/channels/teams/manifest.ts';
import { teamsPackage, toolkitProject } from '../../../src/cli/teams-package.ts';
import { appId } from './far-end.ts';

const website = 'https://www.example.com';
const options = {
  appId,
  version: '1.2.0',
  name: 'Latchkey',
  company: 'Example',
  website,
  privacy: website,
  terms: website,
  prompts: ['I get “Access denied”', 'Talk to a person'],
  singleSignOn: false,
};
interface Bot {
  readonly scopes: readonly string[];
  readonly commandLists: [{ readonly scopes: readonly string[]; readonly commands: readonly { title: string }[] }];
}
interface Step {
  readonly with: { readonly manifestPath?: string };
}
const complaints = (over: object) =>
  AppManifestUtils.validateAgainstSchema({ ...manifestOf(options), ...over } as TeamsManifest);

describe('the app package for Teams', () => {
  it('holds a manifest and two icons, the same every time', async () => {
    const zip = await teamsPackage(options);
    assert.deepEqual(zip, await teamsPackage(options));
    const files = unzipSync(zip);
    assert.deepEqual(Object.keys(files).sort(), ['color.png', 'manifest.json', 'outline.png']);
    const manifest = JSON.parse(strFromU8(files['manifest.json'] ?? assert.fail())) as { version: string };
    assert.deepEqual(manifest, manifestOf(options));
    assert.equal(manifest.version, '1.2.0');
    assert.deepEqual(await complaints({}), []);
  });

  it('is not made where the manifest is not as its schema wants it', async () => {
    assert.notDeepEqual(await complaints({ bots: [{ botId: appId, scopes: ['groupchat'] }] }), []);
    await assert.rejects(teamsPackage({ ...options, appId: 'latchkey' }), /id|pattern/);
    await assert.rejects(teamsPackage({ ...options, name: 'L'.repeat(31) }), /short|30/);
  });

  it('is an agent of Copilot, and offers there and in personal chats what Slack suggests', () => {
    const { bots, copilotAgents } = manifestOf(options) as { bots: [Bot]; copilotAgents: object };
    const [{ scopes, commandLists }] = bots;
    assert.deepEqual(scopes, ['personal', 'team', 'groupChat', 'copilot']);
    assert.deepEqual(copilotAgents, { customEngineAgents: [{ type: 'bot', id: appId }] });
    const [{ commands, scopes: where }] = commandLists;
    assert.deepEqual(where, ['personal', 'copilot']);
    const titles = commands.map(({ title }) => title);
    assert.deepEqual(titles, options.prompts);
  });

  it('names what people sign in to, only for single sign-on', async () => {
    const signedIn = manifestOf({ ...options, singleSignOn: true });
    const webApplicationInfo = { id: appId, resource: `api://botid-${appId}` };
    assert.deepEqual(signedIn, { ...manifestOf(options), webApplicationInfo });
    assert.deepEqual(await complaints({ webApplicationInfo }), []);
  });

  it('is the same where the Agents Toolkit makes it, of a project whose every path is there', async () => {
    const project = await toolkitProject(options);
    const read = (path: string) => strFromU8(project[path] ?? assert.fail(path));
    const env = new Map(
      read('env/.env.dev')
        .trim()
        .split('\n')
        .map((line) => line.split('=') as [string, string]),
    );
    const resolved = read('appPackage/manifest.json').replaceAll(/\$\{\{(\w+)\}\}/g, (_, name: string) => {
      return env.get(name) ?? assert.fail(name);
    });
    assert.deepEqual(JSON.parse(resolved), manifestOf(options));
    const packed = unzipSync(await teamsPackage(options));
    for (const icon of ['color.png', 'outline.png'] as const)
      assert.deepEqual(project[`appPackage/${icon}`], Buffer.from(packed[icon] ?? assert.fail(icon)));
    const { provision, publish } = parse(read('m365agents.yml')) as Record<'provision' | 'publish', Step[]>;
    const paths = [...provision, ...publish].flatMap(({ with: { manifestPath = [] } }) => manifestPath);
    assert.deepEqual(new Set(paths), new Set(['./appPackage/manifest.json']));
    await assert.rejects(toolkitProject({ ...options, appId: 'latchkey' }), /id|pattern/);
  });

  for (const [name, size, corner] of [
    ['color.png', 192, [0x1f, 0x5f, 0xbf, 255]],
    ['outline.png', 32, [0, 0, 0, 0]],
  ] as const)
    it(`draws ${name} in ${size}×${size}, white in the middle of the shaft`, async () => {
      const png = Buffer.from(unzipSync(await teamsPackage(options))[name] ?? assert.fail());
      assert.equal(png.subarray(1, 4).toString(), 'PNG');
      assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25]], [size, size, 8, 6]);
      const at = png.indexOf('IDAT');
      const pixels = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
      assert.equal(pixels.length, size * (size * 4 + 1));
      const pixel = (x: number, y: number) => [...pixels.subarray(y * (size * 4 + 1) + 1 + x * 4).subarray(0, 4)];
      assert.deepEqual(pixel(0, 0), corner);
      assert.deepEqual(pixel(Math.floor(size * 0.6), Math.floor(size * 0.5)), [255, 255, 255, 255]);
    });
});
