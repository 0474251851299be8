import assert from 'node:assert/strict';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { createScreenshotCleaner } from '../../src/redaction/clean-screenshot.ts';
import { keptLog } from '../support/fakes.ts';

const { clean } = createScreenshotCleaner(keptLog());
const plain = (width: number, height: number, background = '#c0392b') =>
  sharp({ create: { width, height, channels: 3, background } });

/** What a picture says of itself beside what it shows. */
const hidden = async (bytes: Uint8Array) => {
  const { exif, icc, xmp, iptc, comments, orientation } = await sharp(bytes).metadata();
  return { exif, icc, xmp, iptc, comments, orientation };
};
const nothing = {
  exif: undefined,
  icc: undefined,
  xmp: undefined,
  iptc: undefined,
  comments: undefined,
  orientation: undefined,
};

describe('a screenshot is painted anew', () => {
  it('without the place, the camera and whatever else stands in it, and upright', async () => {
    const gps = { IFD0: { Copyright: 'Ada' }, IFD3: { GPSLatitude: '52/1 31/1 0/1', GPSLongitude: '13/1 24/1 0/1' } };
    for (const kind of ['png', 'jpeg'] as const) {
      const file = await plain(40, 20)
        .withMetadata({ orientation: 6, exif: gps })
        .withIccProfile('p3')
        .toFormat(kind)
        .toBuffer();
      assert.ok(file.includes('Ada'), 'the picture has metadata');
      const cleaned = await clean(file);
      assert.equal(cleaned?.type, `image/${kind}`);
      assert.deepEqual(await hidden(cleaned.bytes), nothing);
      const { width, height } = await sharp(cleaned.bytes).metadata();
      assert.deepEqual([width, height], [20, 40]);
    }
  });

  it('shows what it showed', async () => {
    const cleaned = await clean(await plain(3, 2, '#123456').png().toBuffer());
    assert.ok(cleaned);
    assert.deepEqual([...(await sharp(cleaned.bytes).raw().toBuffer())].slice(0, 3), [0x12, 0x34, 0x56]);
  });

  it('with nothing of what hid in it or behind it: a PNG that is a page, too, is only a PNG then', async () => {
    const png = await plain(8, 8).png().toBuffer();
    const text = Buffer.from('tEXtx\0<script>alert(1)</script>');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(text.length - 4);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(text));
    // Behind the header, which ends at byte 33.
    const polyglot = Buffer.concat([
      png.subarray(0, 33),
      length,
      text,
      sum,
      png.subarray(33),
      Buffer.from('<html>PK\u0003\u0004'),
    ]);
    const cleaned = await clean(polyglot);
    assert.ok(cleaned);
    const bytes = Buffer.from(cleaned.bytes);
    for (const part of ['<script>', '<html>', 'PK\u0003\u0004']) assert.ok(!bytes.includes(part), part);
    assert.equal(bytes.subarray(-8, -4).toString('latin1'), 'IEND');
  });

  it('not where it has too many pixels: a bomb is refused by its header', async () => {
    // 5,001 × 5,000 in some 25 kB.
    const bomb = await plain(5001, 5000).png({ compressionLevel: 9 }).toBuffer();
    assert.ok(bomb.length < 200_000);
    assert.ok((await clean(bomb)) === null);
    // Nothing behind the header is there to be read.
    const header = Buffer.from(bomb.subarray(0, 33));
    header.writeUInt32BE(2 ** 31 - 1, 16);
    assert.ok((await clean(header)) === null);
  });

  it('not where it has lines without end: some 100 kB of them last ten seconds', async () => {
    assert.ok(await clean(await plain(30_000, 1).png().toBuffer()));
    assert.equal(await clean(await plain(1, 30_001).png().toBuffer()), null);
  });

  it('nowhere on a machine for which the package is not there, which the operator is told once', async () => {
    const log = keptLog();
    const without = createScreenshotCleaner(log, () => Promise.reject(new Error('Could not load the "sharp" module')));
    const file = await plain(8, 8).png().toBuffer();
    assert.deepEqual(
      [await without.isThere(), await without.clean(file), await without.clean(file)],
      [false, null, null],
    );
    assert.deepEqual(
      log.lines.map(({ level, fields }) => [level, 'alarm' in fields && fields.alarm]),
      [['error', 'screenshots-unavailable']],
    );
  });

  it('not where its decoder would be led through it again and again: some 400 kB of scans last half a minute', async () => {
    const grey = await plain(8, 8).toColourspace('b-w').jpeg({ progressive: true }).toBuffer();
    const begun = grey.subarray(
      0,
      grey.indexOf(Buffer.from([0xff, 0xda]), grey.indexOf(Buffer.from([0xff, 0xda])) + 2),
    );
    // Of its codes only one bit is used: nothing follows in the block.
    const codes = [0xff, 0xc4, 0, 20, 0x10, 1, ...Array<number>(15).fill(0), 0];
    const scan = (coefficient: number, bits: number) => [
      ...[0xff, 0xda, 0, 8, 1, 1, 0, coefficient, coefficient, bits],
      0x7f,
    ];
    const ofScans = (coefficients: number) => {
      const scans = Array.from({ length: coefficients }, (_, i) => [...scan(i + 1, 0x01), ...scan(i + 1, 0x10)]);
      return Buffer.concat([begun, Buffer.from([...codes, ...scans.flat(), 0xff, 0xd9])]);
    };
    assert.ok(await clean(ofScans(49)));
    assert.ok((await clean(ofScans(50))) === null);
  });

  it('not where it is cut off, broken or something else', async () => {
    const [png, jpeg] = [await plain(200, 200).png().toBuffer(), await plain(200, 200).jpeg().toBuffer()];
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
    const files = [
      png.subarray(0, -30),
      jpeg.subarray(0, -100),
      Buffer.concat([png.subarray(0, 8), Buffer.from('garbage')]),
      Buffer.concat([jpeg.subarray(0, 3), Buffer.from(svg)]),
      Buffer.from(svg),
      await plain(9, 9).webp().toBuffer(),
      await plain(9, 9).gif().toBuffer(),
      Buffer.from('%PDF-1.7'),
      Buffer.alloc(0),
    ];
    for (const file of files) assert.ok((await clean(file)) === null, file.toString('latin1', 0, 20));
    assert.ok(await clean(png), 'what comes behind a broken one is painted');
  });
});
