import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { SupportError } from '../../domain/errors.ts';
import { parseJsonWithin } from '../../http/read-json.ts';

/** What comes with files: the activity as the client made it, how many files, and what is in them, where that is kept. */
export interface Upload {
  readonly activity: unknown;
  readonly files: number;
  readonly contents: readonly Uint8Array[];
}

/** Takes room for so many bytes more; false: there is none now. */
export type HoldBytes = (bytes: number) => boolean;

/** Bytes: 5 MB of files, and what stands around them. What is longer is refused, but read to its end, for a browser shows no answer that comes before; not beyond the second. */
const [largest, longestRead] = [5_600_000, 52_428_800];
const limits = { fieldSize: 262_144, parts: 50, headerPairs: 20, headerSize: 8_192 };
const deepest = 32;
const againMs = 2_000;

/**
 * An upload as Direct Line has it: a form with files and an activity, or one file by itself; where it does not hold them,
 * what is in files is read past. Throws `body-too-large`, `too-many-requests` where there is no room,
 * `body-incomplete`, `message-invalid` or what the activity's JSON is refused with.
 */
export async function readUpload(request: IncomingMessage, hold: HoldBytes | null): Promise<Upload> {
  const keeps = hold !== null;
  const { 'content-type': type = '' } = request.headers;
  if (!/^multipart\/form-data\b/i.test(type)) {
    const whole: Buffer[] = [];
    await feed(request, hold, (chunk) => keeps && whole.push(chunk));
    return { activity: { type: 'message' }, files: 1, contents: keeps ? [Buffer.concat(whole)] : [] };
  }
  const form = openForm(type);
  let [json, tooMany] = ['', false];
  const files: Buffer[][] = [];
  form.on('partsLimit', () => (tooMany = true));
  // Clients give their activity a type of its own, and some a file name.
  form.on('file', (_name: string, file: BusboyFileStream) => {
    const chunks: Buffer[] = [];
    files.push(chunks);
    file.on('error', () => undefined);
    if (keeps) file.on('data', (chunk: Buffer) => chunks.push(chunk));
    else file.resume();
  });
  form.on('field', (_name: string, value: string) => (json ||= value));
  const done = finished(form);
  done.catch(() => undefined);
  await feed(request, hold, (chunk) => !tooMany && form.writable && form.write(chunk));
  if (tooMany) throw new SupportError('message-invalid');
  form.end();
  await done.catch((cause: unknown) => {
    throw new SupportError('message-invalid', { cause });
  });
  const activity = json === '' ? { type: 'message' } : parseJsonWithin(deepest, json);
  const contents = keeps ? files.map((chunks) => Buffer.concat(chunks)) : [];
  return { activity, files: files.length, contents };
}

function openForm(type: string): BusboyInstance {
  const isPartAFile = (_name: string | undefined, part: string | undefined, file: string | undefined) =>
    part !== 'application/vnd.microsoft.activity' && file !== undefined;
  try {
    return new Busboy({ headers: { 'content-type': type }, limits, isPartAFile });
  } catch (cause) {
    throw new SupportError('message-invalid', { cause });
  }
}

/** Hands on as much of a body as may be; the rest is read past. */
async function feed(request: IncomingMessage, hold: HoldBytes | null, take: (chunk: Buffer) => unknown): Promise<void> {
  let [bytes, hasRoom] = [0, true];
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > longestRead) break;
      if (bytes > largest) continue;
      hasRoom &&= hold?.(chunk.length) ?? true;
      if (hasRoom) take(chunk);
    }
  } catch (cause) {
    throw new SupportError('body-incomplete', { cause });
  }
  if (bytes > largest) throw new SupportError('body-too-large');
  if (!hasRoom) throw new SupportError('too-many-requests', { retryAfterMs: againMs });
}
