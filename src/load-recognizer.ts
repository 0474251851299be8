import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Content } from './domain/content.ts';
import type { Recognizer } from './domain/ports.ts';
import { createRecognizer } from './language/recognizer.ts';
import { deserialize, fingerprint, serialize } from './language/serialize.ts';
import { trainModel } from './language/train-model.ts';

/** The recognizer for the utterances as they are now: its model is trained once and then kept in the data folder. */
export function loadRecognizer({ intents, catalog }: Content, dataDir: string): Recognizer {
  const file = join(dataDir, `recognizer-${fingerprint(intents).slice(0, 16)}.bin`);
  const kept = readKept(file);
  if (kept) return createRecognizer(intents, catalog, { model: kept });
  const model = trainModel(intents);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, serialize(model));
  renameSync(`${file}.new`, file);
  return createRecognizer(intents, catalog, { model });
}

/** Null where there is none, or it was cut short: it is then trained again. */
function readKept(file: string) {
  return existsSync(file) ? deserialize(readFileSync(file)) : null;
}
