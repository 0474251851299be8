import type { IncomingMessage } from 'node:http';
import { SupportError } from '../domain/errors.ts';
import { parseJson } from '../domain/parse-json.ts';
import { readAtMost } from './read-at-most.ts';

/** Bytes. */
const largestBody = 262_144;
const deepest = 32;

/** The JSON body of a request; undefined where there is none. Throws a `body-…` or `json-invalid` error. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const text = await readText(request);
  if (text.trim() === '') return undefined;
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) throw new SupportError('body-wrong-type');
  return parseJsonWithin(deepest, text);
}

/** The body of a request as text. Throws `body-too-large`, or `body-incomplete` where the client hung up. */
export async function readText(request: IncomingMessage, mostBytes = largestBody): Promise<string> {
  const text = await readAtMost(request, mostBytes).catch((cause: unknown) => {
    throw new SupportError('body-incomplete', { cause });
  });
  if (text === null) throw new SupportError('body-too-large');
  return text;
}

/** What a text is as JSON that nests no deeper than `limit`. Throws `body-too-deep` or `json-invalid`. */
export function parseJsonWithin(limit: number, text: string): unknown {
  if (isDeeperThan(text, limit)) throw new SupportError('body-too-deep');
  const value = parseJson(text);
  if (value === undefined) throw new SupportError('json-invalid');
  return value;
}

/** Whether JSON text nests deeper than `limit`, found without parsing it: the parser and what follows recurse. */
function isDeeperThan(json: string, limit: number): boolean {
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
