import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';
import { AppManifestUtils, type TeamsManifest } from '@microsoft/app-manifest';
import { strFromU8, unzipSync } from 'fflate';
import { manifestOf } from '../../../src/channels/teams/manifest.ts';
import { teamsPackage } from '../../../src/cli/teams-package.ts';
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
};
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
