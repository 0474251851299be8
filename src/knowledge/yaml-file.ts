import { LineCounter, isMap, isNode, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Report } from './content-error.ts';

/** Parses YAML against a schema; every error is reported with its line. Null when there was one. `lineOffset`: lines before the YAML. */
export function readYaml<T>(text: string, schema: z.ZodType<T>, report: Report, lineOffset = 0): T | null {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => lines.linePos(offset).line + lineOffset;
  for (const error of document.errors) report.at(lineAt(error.pos[0]), error.message);
  if (document.errors.length > 0) return null;
  const checked = schema.safeParse(document.toJS());
  if (checked.success) return checked.data;
  for (const issue of checked.error.issues) {
    const offset = offsetOf(document.contents, issue.path);
    report.at(lineAt(offset), `${issue.path.map(String).join('.') || 'the file'}: ${issue.message}`);
  }
  return null;
}

/** The line of the i-th utterance or of a key, for checks that come after reading. */
export function lineOf(text: string, path: readonly (string | number)[]): number {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  return lines.linePos(offsetOf(document.contents, path)).line;
}

function offsetOf(root: unknown, path: readonly PropertyKey[]): number {
  let node: unknown = root;
  let offset = 0;
  for (const key of path) {
    if (!isNode(node) || !('get' in node) || typeof node.get !== 'function') break;
    if (isMap(node)) {
      const pair = node.items.find((item) => String(item.key) === String(key));
      if (isNode(pair?.key) && pair.key.range) offset = pair.key.range[0];
    }
    node = (node.get as (key: PropertyKey, keepScalar: boolean) => unknown)(key, true);
    if (isNode(node) && node.range && !Number.isNaN(Number(key))) offset = node.range[0];
  }
  return offset;
}

/** Whether the text says something at this path. */
export function hasPath(text: string, path: readonly (string | number)[]): boolean {
  return parseDocument(text).hasIn(path);
}
