import { z } from 'zod';
import { savedReplyFacts, type SavedReply } from '../domain/saved-replies.ts';
import type { Readable } from './lists.ts';
import { lineOf, readYaml } from './yaml-file.ts';

/** UTF-16 units: as long as a message may be. */
const longest = 4_000;
/** What stands in a place, whatever it is. */
const place = /\{\{([^{}]{0,80})\}\}/g;
const schema = z.record(
  z.string(),
  z.strictObject({ name: z.string().min(1).max(80), text: z.string().min(1).max(longest) }).nullable(),
);

/** Reads `saved-replies.yaml`; a later one replaces a whole reply, or takes it away with nothing in its place. */
export function readSavedReplies(files: readonly Readable[]): readonly SavedReply[] {
  const all = Object.assign({}, ...files.map(readOne)) as z.infer<typeof schema>;
  return Object.entries(all).flatMap(([key, one]) =>
    one ? [{ shortcut: key, name: one.name, text: one.text.trim() }] : [],
  );
}

function readOne({ text, report }: Readable): z.infer<typeof schema> {
  const read = readYaml(text, schema.nullable(), report) ?? {};
  for (const [key, one] of Object.entries(read)) {
    if (!/^[a-z\d-]{1,40}$/.test(key))
      report.at(lineOf(text, [key]), `"${key}" should be a shortcut of small letters, digits and hyphens`);
    for (const [, name = ''] of one?.text.matchAll(place) ?? [])
      if (!(savedReplyFacts as readonly string[]).includes(name))
        report.at(
          lineOf(text, [key, 'text']),
          `"${key}" has no fact {{${name}}}; there are ${savedReplyFacts.join(', ')}`,
        );
  }
  return read;
}
