import type sharp from 'sharp';
import { lazily } from '../domain/lazily.ts';
import type { Log } from '../domain/ports.ts';
import type { Screenshot } from '../domain/screenshots.ts';

/** Pixels; what is larger is not decoded. A screen of 4K has 8 million. */
const mostPixels = 25_000_000;
/** Pixels; a picture of millions of short lines is decoded slowly. A whole page that scrolls has some 15,000. */
const longestSide = 30_000;
const longestSeconds = 10;
/** Each lets the decoder walk through the whole picture once more, which no timeout ends. A progressive picture has some ten. */
const mostScans = 100;
/** How a scan begins; nothing that is coded in one looks like it (T.81 B.1.1.5). */
const scanStart = Buffer.from([0xff, 0xda]);
/** How files of these kinds begin (W3C PNG 5.2, ITU-T T.81 B.1). */
const signatures = [
  ['image/png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff])],
] as const;

/** Paints pictures anew. */
export interface ScreenshotCleaner {
  /** Whether this machine can; where it cannot, the operator is told once. */
  isThere(): Promise<boolean>;
  /**
   * A picture painted anew, upright, so that nothing but what it shows is left: no place, no comment, nothing hidden behind it.
   * Null: it is neither PNG nor JPEG, broken, too large, of too many scans, or took too long.
   */
  readonly clean: (file: Uint8Array) => Promise<Screenshot | null>;
}

/** Decodes beside the event loop, one at a time: one of the largest takes some 230 MB meanwhile. */
export function createScreenshotCleaner(log: Log, load = () => import('sharp')): ScreenshotCleaner {
  let before: Promise<unknown> = Promise.resolve();
  const decoder = lazily(() =>
    load().then(
      ({ default: loaded }) => onlyScreenshots(loaded),
      (err: unknown) => {
        const fields = { alarm: 'screenshots-unavailable', err };
        log.error(fields, 'screenshots cannot be taken: sharp has no package for this machine here');
        return null;
      },
    ),
  );
  return {
    isThere: async () => (await decoder()) !== null,
    clean(file) {
      const type = typeOfPicture(file);
      if (type === null) return Promise.resolve(null);
      const mine = before.then(async () => {
        const paint = await decoder();
        return paint && paintAnew(file, type, paint);
      });
      before = mine.catch(() => undefined);
      return mine;
    },
  };
}

/** Whatever a file claims to be, no other decoder is reached. */
function onlyScreenshots(loaded: typeof sharp): typeof sharp {
  loaded.block({ operation: ['VipsForeignLoad'] });
  loaded.unblock({ operation: ['VipsForeignLoadPngBuffer', 'VipsForeignLoadJpegBuffer'] });
  return loaded;
}

/** What a file is by how it begins; null: nothing that is painted. */
export function typeOfPicture(file: Uint8Array): Screenshot['type'] | null {
  const found = signatures.find(([, begin]) => begin.equals(file.subarray(0, begin.length)));
  const type = found?.[0] ?? null;
  return type === 'image/jpeg' && scansIn(Buffer.from(file.buffer, file.byteOffset, file.length)) > mostScans
    ? null
    : type;
}

function scansIn(jpeg: Buffer): number {
  let scans = 0;
  for (let at = jpeg.indexOf(scanStart); at !== -1; at = jpeg.indexOf(scanStart, at + 2)) scans += 1;
  return scans;
}

async function paintAnew(file: Uint8Array, type: Screenshot['type'], paint: typeof sharp): Promise<Screenshot | null> {
  const picture = paint(file, { limitInputPixels: mostPixels, failOn: 'error' })
    .autoOrient()
    .timeout({ seconds: longestSeconds });
  try {
    // From the header, before a pixel is decoded.
    const { width, height } = await picture.metadata();
    if (Math.max(width, height) > longestSide) return null;
    const bytes = await (type === 'image/png' ? picture.png() : picture.jpeg({ quality: 85 })).toBuffer();
    return { type, bytes };
  } catch {
    return null;
  }
}
