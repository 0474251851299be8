import type { IncomingMessage } from 'node:http';
import { SupportError } from '../domain/errors.ts';

/** Bytes. */
const largestBody = 262_144;
const deepest = 32;

/** The JSON body of a request; undefined where there is none. Throws a `body-…` or `json-invalid` error. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const text = await readText(request);
  if (text.trim() === '') return undefined;
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) throw new SupportError('body-wrong-type');
  if (isDeeperThan(text, deepest)) throw new SupportError('body-too-deep');
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new SupportError('json-invalid', { cause });
  }
}

/** The body of a request as text. Throws `body-too-large`. */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) throw new SupportError('body-too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Whether JSON text nests deeper than `limit`, found without parsing it: the parser and what follows recurse. */
export function isDeeperThan(json: string, limit: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < json.length; i += 1) {
    const character = json[i];
    if (quoted && character === '\\') i += 1;
    else if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth > limit) return true;
  }
  return false;
}
