import { crc32, deflateSync } from 'node:zlib';

type Color = readonly [red: number, green: number, blue: number, alpha: number];

const blue: Color = [0x1f, 0x5f, 0xbf, 255];
const white: Color = [255, 255, 255, 255];
const clear: Color = [0, 0, 0, 0];
/** Points within a pixel that are looked at in each direction. */
const samples = 4;

/** The icon in colour, 192×192: a white key on blue. */
export function colorIcon(): Buffer {
  return png(192, (x, y) => (isKey(x, y) ? white : blue));
}

/** The outline, 32×32: a white key on nothing. */
export function outlineIcon(): Buffer {
  return png(32, (x, y) => (isKey(x, y) ? white : clear));
}

/** Whether a point of the unit square is on the key: its bow, its shaft and its two bits. */
function isKey(x: number, y: number): boolean {
  const fromBow = Math.hypot(x - 0.32, y - 0.5);
  if (fromBow < 0.2) return fromBow > 0.1;
  const isShaft = x > 0.45 && x < 0.86 && Math.abs(y - 0.5) < 0.05;
  const isBit = y >= 0.5 && y < 0.66 && ((x > 0.64 && x < 0.71) || (x > 0.79 && x < 0.86));
  return isShaft || isBit;
}

/** A square picture with soft edges: red, green, blue and alpha, 8 bits each. */
function png(size: number, colorAt: (x: number, y: number) => Color): Buffer {
  const row = 1 + size * 4;
  const pixels = Buffer.alloc(size * row);
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) pixels.set(mean(size, x, y, colorAt), y * row + 1 + x * 4);
  const header = Buffer.from([0, 0, 0, size, 0, 0, 0, size, 8, 6, 0, 0, 0]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(pixels)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...parts]);
}

/** The color of a pixel: clear points add nothing but transparency. */
function mean(size: number, left: number, top: number, colorAt: (x: number, y: number) => Color): Color {
  const sum = [0, 0, 0, 0];
  for (let i = 0; i < samples * samples; i += 1) {
    const x = left + ((i % samples) + 0.5) / samples;
    const y = top + (Math.floor(i / samples) + 0.5) / samples;
    const [red, green, blue, alpha] = colorAt(x / size, y / size);
    for (const [channel, value] of [red, green, blue, 255].entries())
      sum[channel] = (sum[channel] ?? 0) + (value * alpha) / 255;
  }
  const [red = 0, green = 0, blue = 0, weight = 0] = sum;
  const shown = weight === 0 ? 0 : 255 / weight;
  return [red * shown, green * shown, blue * shown, weight / (samples * samples)];
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
